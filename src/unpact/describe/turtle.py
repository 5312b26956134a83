"""Everything about one thing as triples: its own, those of the nodes that point to it, and their evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Triple

from unpact.describe.facts import incoming, outgoing
from unpact.describe.patterns import select

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from unpact.graph.interface import Graph


def triples_about(graph: Graph, thing: NamedNode) -> Iterator[Triple]:
    """The asserted triples in which `thing` is subject or value, those of the nodes without a name next to
    it, and the OWL axioms that say where they are stated.
    """
    about = [fact for fact in (*outgoing(graph, [thing]), *incoming(graph, [thing])) if not fact.inferred]
    near = {fact.subject for fact in about} | {
        fact.value for fact in about if isinstance(fact.value, NamedNode)
    }
    facts = dict.fromkeys(about)
    unnamed = near - _named(graph, near) - {thing}
    facts.update((fact, None) for fact in outgoing(graph, unnamed) if not fact.inferred)
    for fact in facts:
        yield Triple(fact.subject, fact.property, fact.value)
    told: set[tuple[object, object, object]] = {(fact.subject, fact.property, fact.value) for fact in facts}
    yield from _axioms(graph, told)


def _named(graph: Graph, nodes: set[NamedNode]) -> set[NamedNode]:
    rows = select(graph, "named", things=sorted(nodes, key=str)) if nodes else ()
    return {thing for (thing,) in rows if isinstance(thing, NamedNode)}


def _axioms(graph: Graph, told: Collection[tuple[object, object, object]]) -> Iterator[Triple]:
    subjects = sorted({subject for subject, _, _ in told if isinstance(subject, NamedNode)}, key=str)
    axioms: dict[BlankNode | NamedNode, dict[str, object]] = {}
    triples: dict[BlankNode | NamedNode, list[Triple]] = {}
    for axiom, used, value in select(graph, "axioms", things=subjects) if subjects else ():
        if isinstance(axiom, BlankNode | NamedNode) and isinstance(used, NamedNode) and value is not None:
            axioms.setdefault(axiom, {})[used.value.rpartition("#")[2]] = value
            triples.setdefault(axiom, []).append(Triple(axiom, used, value))
    for axiom, parts in axioms.items():
        key = (parts.get("annotatedSource"), parts.get("annotatedProperty"), parts.get("annotatedTarget"))
        if key in told:
            yield from triples[axiom]
