"""Puts a graph into a server by the Graph Store Protocol, a request a graph: blank nodes stay whole."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import httpx
from pyoxigraph import NamedNode, RdfFormat

if TYPE_CHECKING:
    from unpact.graph.memory import MemoryGraph

    from .servers import Server

_WITHIN = 120.0


def client_of(server: Server) -> httpx.Client:
    """A client that may write to the server."""
    kind = httpx.DigestAuth if server.digest else httpx.BasicAuth
    auth = None if server.user is None else kind(server.user, server.password or "")
    return httpx.Client(auth=auth, timeout=_WITHIN, trust_env=False)


def put(server: Server, graph: str, content: bytes, media_type: str = "application/n-triples") -> None:
    """Make `content` all that a named graph holds."""
    with client_of(server) as client:
        headers = {"Content-Type": media_type}
        client.put(
            server.store_url, params={"graph": graph}, content=content, headers=headers
        ).raise_for_status()


def delete(server: Server, graph: str) -> None:
    """Remove a named graph."""
    with client_of(server) as client:
        client.delete(server.store_url, params={"graph": graph}).raise_for_status()


def fill(server: Server, graph: MemoryGraph) -> None:
    """Put all named graphs of `graph` into the server."""
    for name in graph.named_graphs():
        content = BytesIO()
        graph.store.dump(content, format=RdfFormat.N_TRIPLES, from_graph=NamedNode(name))
        put(server, name, content.getvalue())
