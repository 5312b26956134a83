"""What commands work on: the graph of a view, and the stored queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from unpact.cli.running import supervised

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from unpact.cli.options import GraphOptions
    from unpact.graph.memory import MemoryGraph
    from unpact.query.catalogue import Catalogue
    from unpact.why.run import Explainer

T = TypeVar("T")

# Options after which a command works on another graph, or on none.
_OTHER_GRAPH = ("--data", "--only-data", "--view", "--no-cache", "--help", "-h")


def load_ahead(arguments: Sequence[str]) -> None:
    """Begin to load the graph that a command with these arguments will open, while the command is imported.

    Only looks at the beginnings of words: a wrong guess costs some time and nothing else.
    """
    if not any(word.startswith(_OTHER_GRAPH) for word in arguments):
        from unpact.corpus import bundled
        from unpact.graph.view import load_ahead as begin

        begin(bundled())


def open_graph(source: GraphOptions) -> MemoryGraph:
    """The graph that the options describe, taken from the cache when nothing has changed.

    Raises DataSyntaxError for the user's Turtle with file, line and column, UsageError for a path that cannot
    be read.
    """
    from unpact.graph.view import build_view

    return supervised(lambda: _chosen(build_view, source))


def open_explainer(source: GraphOptions) -> Explainer:
    """What explains the graph that the options describe; errors as for `open_graph`."""
    from unpact.why.run import Explainer

    return supervised(lambda: _chosen(Explainer, source))


def _chosen(open_view: Callable[..., T], source: GraphOptions) -> T:
    """Open the view that the options describe."""
    from unpact.corpus import bundled, user_files

    extra = user_files(source.data) if source.data else ()
    return open_view(bundled(), source.view, extra, only_extra=source.only_data, cache=source.cache)


def open_catalogue() -> Catalogue:
    """The bundled stored queries. Raises StoreError when they are missing."""
    from unpact.corpus import bundled
    from unpact.graph.cache import directory
    from unpact.query.catalogue import Catalogue
    from unpact.query.header_cache import HeaderCache

    paths = (file.path for file in bundled().query_files())
    return Catalogue(paths, HeaderCache(directory() / "headers.json"))
