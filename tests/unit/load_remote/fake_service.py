"""A SPARQL 1.1 service with a Graph Store in place of the network: a pyoxigraph store."""

from __future__ import annotations

import gzip
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs

import httpx
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat, Store

if TYPE_CHECKING:
    from collections.abc import Callable

BASE = "http://127.0.0.1:9/ds"


class Asked(NamedTuple):
    """One request as it came in."""

    number: int
    method: str
    path: str
    graph: str | None
    headers: httpx.Headers
    body: bytes

    @property
    def text(self) -> str:
        """The query or the update."""
        form = parse_qs(self.body.decode())
        return next(iter(form.values()))[0]


class Service:
    """Answers as Fuseki does.

    `before` may answer, or raise, in place of the store; `after` may do so when the store has done it.
    """

    def __init__(self) -> None:
        self.store = Store()
        self.asked: list[Asked] = []
        self.before: Callable[[Asked], httpx.Response | None] = lambda _: None
        self.after: Callable[[Asked], httpx.Response | None] = lambda _: None
        self.transport = httpx.MockTransport(self._answer)

    def graphs(self) -> dict[str, int]:
        """How many triples each graph has."""
        graphs = Counter(quad.graph_name for quad in self.store)
        return {getattr(graph, "value", ""): size for graph, size in graphs.items()}

    def requests(self, method: str, path: str) -> list[Asked]:
        return [each for each in self.asked if (each.method, each.path) == (method, path)]

    def _answer(self, request: httpx.Request) -> httpx.Response:
        body = request.read()
        if request.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        graph = request.url.params.get("graph")
        asked = Asked(len(self.asked), request.method, request.url.path, graph, request.headers, body)
        self.asked.append(asked)
        said = self.before(asked)
        if said is None:
            answer = self._done(asked)
            said = self.after(asked) or answer
        return said

    def _done(self, asked: Asked) -> httpx.Response:
        if asked.path.endswith("/data"):
            assert asked.graph, "the Graph Store is asked about one graph each time"
            return self._stored(asked, NamedNode(asked.graph))
        if asked.path.endswith("/update"):
            try:
                self.store.update(asked.text)
            except (RuntimeError, OSError) as error:
                return httpx.Response(500, text=str(error))
            return httpx.Response(204)
        results = self.store.query(asked.text).serialize(format=QueryResultsFormat.JSON)
        return httpx.Response(
            200, content=results, headers={"Content-Type": "application/sparql-results+json"}
        )

    def _stored(self, asked: Asked, graph: NamedNode) -> httpx.Response:
        assert asked.headers["Content-Type"] == "application/n-triples"
        if asked.method == "PUT":
            self.store.remove_graph(graph)
        # a store that reads a file anew has new blank nodes
        body = asked.body.replace(b"_:", f"_:r{asked.number}".encode())
        self.store.load(body, format=RdfFormat.N_TRIPLES, to_graph=graph)
        return httpx.Response(204)
