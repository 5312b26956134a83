"""The facts around a thing as the graph holds them: its own, and those of the nodes that point to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.describe.patterns import select
from unpact.names import INFERRED_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.graph.interface import Graph, Term


@dataclass(frozen=True, slots=True)
class Fact:
    """One triple, and whether it was inferred; one that is asserted and also follows is asserted."""

    subject: NamedNode
    property: NamedNode
    value: Term
    inferred: bool


def outgoing(graph: Graph, things: Iterable[NamedNode]) -> list[Fact]:
    """The triples of which one of `things` is the subject, sorted."""
    wanted = tuple(dict.fromkeys(things))
    rows = select(graph, "outgoing", things=wanted) if wanted else ()
    return _facts((thing, used, value, place) for thing, used, value, place in rows)


def incoming(graph: Graph, things: Iterable[NamedNode]) -> list[Fact]:
    """The triples of which one of `things` is the value and whose subject is an IRI, sorted."""
    wanted = tuple(dict.fromkeys(things))
    rows = select(graph, "incoming", things=wanted) if wanted else ()
    return _facts((node, used, thing, place) for thing, used, node, place in rows)


def _facts(rows: Iterable[tuple[Term | None, ...]]) -> list[Fact]:
    inferred: dict[tuple[NamedNode, NamedNode, Term], bool] = {}
    for subject, used, value, place in rows:
        if isinstance(subject, NamedNode) and isinstance(used, NamedNode) and value is not None:
            asserted = not (isinstance(place, NamedNode) and place.value == INFERRED_GRAPH)
            key = (subject, used, value)
            inferred[key] = inferred.get(key, True) and not asserted
    facts = (Fact(*key, inferred=flag) for key, flag in inferred.items())
    return sorted(facts, key=lambda fact: (str(fact.subject), str(fact.property), str(fact.value)))
