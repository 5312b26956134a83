"""Opens graphs that lie elsewhere: stores on disk and SPARQL services, by name too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from unpact.connections import Connection, connection, connections
from unpact.errors import UsageError

if TYPE_CHECKING:
    from unpact.graph.remote import RemoteGraph
    from unpact.graph.stored import StoredGraph


def connection_of(
    store: str | None = None, endpoint: str | None = None, profile: str | None = None
) -> Connection:
    """What a directory, an address or a name means; a directory that is there wins over a name.

    Args:
        store: a directory, or a name.
        endpoint: an address of http or https, or a name.
        profile: the kind of service, which wins over that of a connection.

    Raises:
        UnknownNameError: for what is neither an address nor a name.
        UsageError: for a configuration file that cannot be read, or a kind of store that was not asked for.
    """
    if store is not None:
        known = {} if Path(store).exists() else connections()
        return known.get(store, Connection(store=store))
    if endpoint is None:
        raise UsageError("there is no store to open", hint="Name a directory or an address.")
    if "://" in endpoint:
        return Connection(endpoint=endpoint, profile=profile)
    found = connection(endpoint)
    return found if profile is None else found._replace(profile=profile)


def open_elsewhere(where: Connection, *, timeout: float | None = None) -> StoredGraph | RemoteGraph:
    """The graph of a connection, ready to be asked.

    Of a service into which unpact has loaded something, that alone is asked, whatever else is there.

    Args:
        where: the store.
        timeout: seconds that a service may take for one answer.

    Raises:
        UsageError: for a path that is no store, or an address that cannot be meant.
        StoreError: for a store that cannot be opened, or asked.
    """
    if where.store is not None:
        from unpact.graph.stored import StoredGraph

        return StoredGraph(where.store)
    from unpact.graph.loaded import loaded_graphs
    from unpact.graph.remote import TIMEOUT, RemoteGraph

    seconds = TIMEOUT if timeout is None else timeout
    graph = RemoteGraph(where.endpoint or "", timeout=seconds, profile=where.profile)
    return graph.over(loaded_graphs(graph))
