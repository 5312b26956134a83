"""The record read as it is written: which triples it asserts, and on which sources they rest."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.names import OWL, UNP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import BlankNode, Literal, Quad, Triple

    Term = NamedNode | BlankNode | Literal | Triple
    Fact = tuple[Term, Term, Term]

ACCORDING_TO, CONFIDENCE = NamedNode(UNP + "accordingTo"), NamedNode(UNP + "confidence")
SOURCE = NamedNode(UNP + "Source")
ANNOTATED = tuple(
    NamedNode(OWL + name) for name in ("annotatedSource", "annotatedProperty", "annotatedTarget")
)
# what is itself evidence or speaks of it, and needs none
EVIDENCE = {ACCORDING_TO, CONFIDENCE, NamedNode(UNP + "statedIn")}


def facts(quads: Iterable[Quad]) -> set[Fact]:
    """The triples that are neither evidence nor part of an annotation or a source."""
    kept = list(quads)
    apart = {quad.subject for quad in kept if quad.predicate in ANNOTATED or quad.object == SOURCE}
    return {
        (quad.subject, quad.predicate, quad.object)
        for quad in kept
        if quad.subject not in apart and quad.predicate not in EVIDENCE
    }


def annotated(quads: Iterable[Quad]) -> dict[Fact, set[tuple[Term, Term]]]:
    """Each annotated triple with what its annotations say."""
    axioms: dict[Term, dict[Term, set[Term]]] = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        axioms[quad.subject][quad.predicate].add(quad.object)
    found: dict[Fact, set[tuple[Term, Term]]] = defaultdict(set)
    for said in axioms.values():
        if all(part in said for part in ANNOTATED):
            subject, used, value = (next(iter(said[part])) for part in ANNOTATED)
            found[subject, used, value] |= {(name, each) for name, values in said.items() for each in values}
    return found


def without(quads: Iterable[Quad], evidence: Term) -> set[Fact]:
    """The triples that carry no `evidence`, neither themselves nor by their subject."""
    kept = list(quads)
    notes = annotated(kept)
    carrying = {quad.subject for quad in kept if quad.predicate == evidence}
    return {
        fact
        for fact in facts(kept)
        if fact[0] not in carrying and not any(name == evidence for name, _ in notes.get(fact, ()))
    }
