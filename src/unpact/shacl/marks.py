"""Marks some nodes of a graph, so that a question can be put to these alone.

A mark is a triple in a named graph of its own, beside the data and out of sight of what asks only for data.
A list of nodes in the query would do as well for a few named ones; but no query can name a blank node, and
the engine walks a long list once for each part of a question.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad

from unpact.graph.memory import MemoryGraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Store

    from unpact.shacl.triples import Term

_MARKS, _ON = NamedNode("urn:x-unpact:marks"), NamedNode("urn:x-unpact:on")


def marked(variable: str) -> str:
    """A pattern that binds the marked nodes."""
    # the node is the object, since a literal may be marked too
    return f"GRAPH <{_MARKS.value}> {{ <{_MARKS.value}> <{_ON.value}> {variable} }}"


@contextmanager
def marking(store: Store, nodes: Iterable[Term]) -> Iterator[MemoryGraph]:
    """The graph of a store in which some nodes are marked as long as the context lasts."""
    graph = MemoryGraph(store, dataset=([DefaultGraph(), *store.named_graphs()], [_MARKS]))
    store.extend(Quad(_MARKS, _ON, node, _MARKS) for node in nodes)
    try:
        yield graph
    finally:
        store.remove_graph(_MARKS)
