"""The Python API: `unpact.open()`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.errors import UsageError
from unpact.knowledge import Knowledge

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from unpact.why.run import Explainer


def open_knowledge(  # noqa: PLR0913 - each is an argument that users know by name
    data: Iterable[str | Path] | str | Path = (),
    *,
    store: str | Path | None = None,
    endpoint: str | None = None,
    profile: str | None = None,
    only_data: bool = False,
    view: str = "best",
    cache: bool = True,
    root: str | Path | None = None,
    language: str = "en",
    today: date | None = None,
) -> Knowledge:
    """Open the graph; `unpact.open` is this function.

    Args:
        data: your own RDF: files, directories, patterns, or `-` for the standard input.
        store: the directory, or the name, of a store on disk to ask instead.
        endpoint: the address, or the name, of a SPARQL service to ask instead.
        profile: the kind of the service: `fuseki`, `virtuoso` and so on; else what it says itself.
        only_data: leave out the bundled facts; the ontology stays.
        view: `best` for the article and the public record, `article` for the article alone.
        cache: keep the built graph on disk, and take it from there when nothing has changed.
        root: a directory with `ontology`, `data` and `queries` to use in place of the bundled ones.
        language: of the labels.
        today: the day that questions without `as_of` are about; the day that it is, unless it is said here.

    Raises:
        DataSyntaxError: for RDF that cannot be read, with file and line.
        UsageError: for a path that is not there, an unknown view, or `only_data` without `data`.
        StoreError: for a store that cannot be opened.
    """
    from pathlib import Path

    from unpact.corpus import Corpus, bundled, user_files
    from unpact.graph.view import build_view

    paths = [data] if isinstance(data, str | Path) else list(data)
    if store is not None or endpoint is not None:
        if paths or (store is not None and endpoint is not None):
            raise UsageError("choose one of data, store and endpoint")
        from unpact.elsewhere import connection_of, open_elsewhere

        where = connection_of(None if store is None else str(store), endpoint, profile)
        corpus = bundled() if root is None else Corpus(root)
        return Knowledge(open_elsewhere(where), corpus, language=language, today=today)
    if only_data and not paths:
        raise UsageError("only_data needs data of your own", hint="Pass data=[...].")
    corpus = bundled() if root is None else Corpus(root)
    extra = user_files(paths)
    graph = build_view(corpus, view, extra, only_extra=only_data, cache=cache)

    def explainer() -> Explainer:
        from unpact.why.run import Explainer

        return Explainer(corpus, view, extra, only_extra=only_data, cache=cache)

    return Knowledge(graph, corpus, language=language, today=today, explainer=explainer)
