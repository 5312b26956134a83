"""How much there is: triples in each graph, things of each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from unpact.describe.patterns import select
from unpact.names import GRAPH, INFERRED_GRAPH

if TYPE_CHECKING:
    from unpact.graph.interface import Graph


def graph_sizes(graph: Graph) -> dict[str, int]:
    """The number of triples in each named graph, by IRI."""
    return {
        name.value: int(triples.value)
        for name, triples in select(graph, "graph_sizes")
        if isinstance(name, NamedNode) and isinstance(triples, Literal)
    }


def kind_counts(graph: Graph) -> list[tuple[NamedNode, int]]:
    """How many things of each class the files state, the most frequent first; inferred classes apart."""
    rows = select(
        graph, "kind_counts", inferred=[NamedNode(INFERRED_GRAPH)], ontology=[NamedNode(GRAPH + "ontology/")]
    )
    return [
        (kind, int(things.value))
        for kind, things in rows
        if isinstance(kind, NamedNode) and isinstance(things, Literal)
    ]


class Totals(NamedTuple):
    """How many facts there are that say what they rest on, and on how many sentences and sources they do."""

    facts: int
    sentences: int
    sources: int


def totals(graph: Graph) -> Totals:
    """How much a graph states, inferred facts apart."""
    (row,) = select(graph, "totals", inferred=[NamedNode(INFERRED_GRAPH)])
    return Totals(*(int(count.value) for count in row if isinstance(count, Literal)))
