"""Opens graphs that lie elsewhere: stores on disk and SPARQL services, by name too."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from unpact.connections import Connection, connection, connections
from unpact.errors import StoreError, UsageError
from unpact.graph.dialects.profile import GENERIC

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
        StoreError: for a store that cannot be opened.
    """
    if where.store is not None:
        from unpact.graph.stored import StoredGraph

        return StoredGraph(where.store)
    from unpact.graph.loaded import loaded_graphs
    from unpact.graph.remote import TIMEOUT, RemoteGraph

    seconds = TIMEOUT if timeout is None else timeout
    whole = RemoteGraph(queries_of(where), timeout=seconds, profile=where.profile)
    graphs = loaded_graphs(whole)
    return whole.over(graphs) if graphs else whole


def kind_of(where: Connection, *, timeout: float | None = None) -> str:
    """The kind of a service: as it was named, else what the service says of itself, else `generic`.

    Raises:
        UsageError: for an address that cannot be meant.
    """
    if where.profile is not None:
        return where.profile
    from unpact.graph.remote import TIMEOUT, RemoteGraph

    graph = RemoteGraph(where.endpoint or "", timeout=TIMEOUT if timeout is None else timeout)
    # a service that takes no queries at this address may still say what it is
    with suppress(StoreError):
        graph.ask("ASK { }")
    return graph.profile or GENERIC


def queries_of(where: Connection) -> str:
    """The address that takes the queries of a service, whichever of its addresses was named.

    Raises:
        UsageError: for an address that cannot be meant.
    """
    url = where.endpoint or ""
    if where.profile is None:
        return url
    from unpact.load.remote.target import Target

    return Target(url, where.profile, update=where.update, data=where.data).query.url
