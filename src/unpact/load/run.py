"""Loading from Python: `unpact.load_into`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from unpact.errors import UsageError
from unpact.load.sources import USUAL, Sources

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from unpact.connections import Connection
    from unpact.graph.interface import Graph


def load_into(  # noqa: PLR0913 - each is an argument that users know by name
    data: Iterable[str | Path] | str | Path = (),
    *,
    store: str | Path | None = None,
    endpoint: str | None = None,
    profile: str | None = None,
    what: Collection[str] = USUAL,
    view: str = "best",
    only_data: bool = False,
    timeout: float | None = None,
) -> dict[str, int]:
    """Make a store hold the graph, and files of your own; the triples of each named graph that it then holds.

    What was there is replaced when all of the new content has arrived; a load that is repeated changes
    nothing.

    Args:
        data: your own RDF: files, directories, patterns, or `-` for the standard input.
        store: the directory, or the name, of a store on disk; or
        endpoint: the address, or the name, of a SPARQL service.
        profile: the kind of the service: `fuseki`, `virtuoso` and so on.
        what: some of `unpact.load.sources.PARTS`.
        view: `best` for the article and the public record, `article` for the article alone.
        only_data: leave out the bundled facts; the ontology stays, if it is asked for.
        timeout: seconds that a service may take for one request.

    Raises:
        DataSyntaxError: for RDF that cannot be read, with file and line; nothing is loaded then.
        UsageError: for a path that is not there, a part or a view that there is not, and a place for which
            the directory or the address is missing.
        StoreError: when the store cannot be written, or does not answer. What it had is then still there.
    """
    from unpact.corpus import bundled, user_files
    from unpact.elsewhere import connection_of

    if (store is None) == (endpoint is None):
        raise UsageError("choose one of store and endpoint")
    where = connection_of(None if store is None else str(store), endpoint, profile)
    paths = [data] if isinstance(data, str | Path) else list(data)
    extra = user_files(paths) if paths else ()
    sources = Sources(bundled(), extra, parts=what, view=view, only_extra=only_data)
    if where.store is not None:
        from unpact.load.embedded import load_into_store

        name = where.store
        return load_into_store(
            Path(name), sources, check=lambda graph: check_answers(graph, sources, name)
        ).now.triples
    return _into_service(where, sources, timeout)


def check_answers(graph: Graph, sources: Sources, where: str) -> None:
    """Hold a store that was just loaded against the graph in memory, where both are the same view.

    Raises:
        StoreError: where they give different answers.
    """
    if not sources.is_view:
        return
    from unpact.graph.view import build_view
    from unpact.load.answers import refuse_other_answers
    from unpact.query.catalogue import Catalogue

    memory = build_view(sources.corpus, sources.view, sources.extra)
    catalogue = Catalogue.of(file.path for file in sources.corpus.query_files())
    refuse_other_answers(graph, memory, catalogue, where=where)


def _into_service(where: Connection, sources: Sources, timeout: float | None) -> dict[str, int]:
    from unpact.elsewhere import kind_of, open_elsewhere
    from unpact.load.remote import TIMEOUT, Target, content_of, plan_of, push

    target = Target(
        where.endpoint or "",
        kind_of(where, timeout=timeout),
        update=where.update,
        data=where.data,
        timeout=TIMEOUT if timeout is None else timeout,
    )
    with content_of(sources) as content:
        plan = plan_of(content, target)
        push(content, target, plan)
    asked = where._replace(endpoint=target.query.url)
    check_answers(open_elsewhere(asked, timeout=timeout), sources, target.name)
    return {each.graph: each.here for each in plan.changes if each.here}
