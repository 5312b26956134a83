"""What commands work on: the graph of a view, and the stored queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

import click

from unpact.cli.running import supervised
from unpact.errors import TooManyTriplesError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from unpact.cli.options import GraphOptions
    from unpact.graph.derivations import Derivations
    from unpact.graph.interface import Graph
    from unpact.graph.memory import MemoryGraph
    from unpact.graph.remote import RemoteGraph
    from unpact.graph.stored import StoredGraph
    from unpact.query.catalogue import Catalogue
    from unpact.why.run import Explainer

T = TypeVar("T")

# Options after which a command works on another graph, or on none.
_OTHER_GRAPH = ("--data", "--only-data", "--view", "--no-cache", "--store", "--endpoint", "--help", "-h")

#: What a command does that opens a view which is not kept.
BUILDING = "reading the facts, and finding what follows from them"


def load_ahead(arguments: Sequence[str]) -> None:
    """Begin to load the graph that a command with these arguments will open, while the command is imported.

    Only looks at the beginnings of words: a wrong guess costs some time and nothing else.
    """
    if not any(word.startswith(_OTHER_GRAPH) for word in arguments):
        from unpact.corpus import bundled
        from unpact.graph.view import load_ahead as begin

        begin(bundled())


def open_graph(source: GraphOptions, *, timeout: float | None = None) -> Graph:
    """The graph that the options describe, taken from the cache when nothing has changed, or where it lies.

    `timeout` is the number of seconds that a service may take for one answer. Raises DataSyntaxError for the
    user's Turtle with file, line and column, UsageError for a path that cannot be read, StoreError for a
    store that cannot be opened.
    """
    if source.elsewhere:
        return supervised(lambda: _elsewhere(source, timeout))
    return open_view(source)


def open_view(source: GraphOptions) -> MemoryGraph:
    """The view in memory that the options describe; errors as for `open_graph`."""
    from unpact.graph.view import build_view

    return supervised(lambda: _chosen(build_view, source), doing=BUILDING)


def open_explainer(source: GraphOptions, *, timeout: float | None = None) -> Explainer:
    """What explains the graph that the options describe, or a copy of one that lies elsewhere; arguments and
    errors as for `open_graph`.
    """
    from unpact.why.run import Explainer

    if source.elsewhere:
        copying = "copying what is to be explained"
        return supervised(lambda: _explainer_elsewhere(source, timeout), doing=copying)
    return supervised(lambda: _chosen(Explainer, source), doing=BUILDING)


class Explained(NamedTuple):
    """A graph, and how what follows in it was reached.

    Args:
        graph: the graph.
        derivations: None for a graph that is too large for that.
    """

    graph: Graph
    derivations: Derivations | None


def open_explained(source: GraphOptions, *, timeout: float | None = None) -> Explained:
    """The graph that the options describe, and what tells the sentences behind what follows in it; arguments
    and errors as for `open_graph`.

    A graph that is too large to be copied is asked where it lies, and a note says what that means.
    """
    try:
        explainer = open_explainer(source, timeout=timeout)
    except TooManyTriplesError as refused:
        click.echo(
            f"unpact: {refused.where} has {refused.triples:,} triples, too many to find out how all that is "
            "inferred was reached: such facts have the sentences of what they follow from in a few steps, or "
            "of their subject",
            err=True,
        )
        return Explained(open_graph(source, timeout=timeout), None)
    return Explained(explainer.graph, explainer.derivations)


def _elsewhere(source: GraphOptions, timeout: float | None) -> StoredGraph | RemoteGraph:
    from unpact.elsewhere import connection_of, open_elsewhere

    where = connection_of(source.store, source.endpoint, source.profile)
    return open_elsewhere(where, timeout=timeout)


def _explainer_elsewhere(source: GraphOptions, timeout: float | None) -> Explainer:
    from unpact.corpus import bundled
    from unpact.graph.copied import copied
    from unpact.why.run import Explainer

    graph = _elsewhere(source, timeout)
    return Explainer.of_graph(copied(graph, name=graph.name), bundled())


def _chosen(opener: Callable[..., T], source: GraphOptions) -> T:
    """Open the view that the options describe."""
    from unpact.corpus import bundled, user_files

    extra = user_files(source.data) if source.data else ()
    return opener(bundled(), source.view, extra, only_extra=source.only_data, cache=source.cache)


def open_catalogue() -> Catalogue:
    """The bundled stored queries. Raises StoreError when they are missing."""
    from unpact.corpus import bundled
    from unpact.query.catalogue import Catalogue

    return Catalogue.of(file.path for file in bundled().query_files())
