"""What one of two graphs says of each thing, with the evidence of each fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from unpact.evidence.premises import reading_order
from unpact.names import OWL, RDF, UNP

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unpact.diff.colours import Term
    from unpact.diff.molecules import Molecule

TYPE = NamedNode(RDF + "type")
EVIDENCE = frozenset({NamedNode(UNP + "statedIn"), NamedNode(UNP + "accordingTo")})
_AXIOM = NamedNode(OWL + "Axiom")
_PARTS = tuple(NamedNode(OWL + f"annotated{part}") for part in ("Source", "Property", "Target"))

Annotation = frozenset[tuple[NamedNode, "Term"]]
"""What an axiom says of the triple that it annotates."""


class Told:
    """A graph by things.

    Args:
        ground: its triples without blank nodes.
        molecules: its molecules; of these only axioms count.
    """

    def __init__(self, ground: Iterable[Triple], molecules: Iterable[Molecule]) -> None:
        self._about: dict[Term, list[Triple]] = {}
        for triple in ground:
            self._about.setdefault(triple.subject, []).append(triple)
        self._annotated: dict[Triple, list[Annotation]] = {}
        for molecule in molecules:
            found = annotation(molecule)
            if found is not None:
                self._annotated.setdefault(found[0], []).append(found[1])

    def __contains__(self, thing: Term) -> bool:
        return thing in self._about

    def facts(self, thing: Term) -> Sequence[Triple]:
        """What is said of a thing, in no order."""
        return self._about.get(thing, ())

    def values(self, thing: Term, used: NamedNode) -> list[Term]:
        """The values of a property, sorted."""
        return sorted((each.object for each in self.facts(thing) if each.predicate == used), key=str)

    def annotations(self, triple: Triple) -> Sequence[Annotation]:
        """What each axiom about a triple says of it."""
        return self._annotated.get(triple, ())

    def own_evidence(self, thing: Term) -> tuple[NamedNode, ...]:
        """The sentences and sources that a thing names itself, in reading order."""
        return _in_order(each.object for each in self.facts(thing) if each.predicate in EVIDENCE)

    def evidence(self, triple: Triple) -> tuple[NamedNode, ...]:
        """The sentences and sources of a triple: those of its axioms, else those of its subject."""
        found = _in_order(
            value for each in self.annotations(triple) for used, value in each if used in EVIDENCE
        )
        return found or self.own_evidence(triple.subject)


def annotation(molecule: Molecule) -> tuple[Triple, Annotation] | None:
    """The triple that an axiom annotates, and what it says of it; None for what is no such axiom."""
    if len(molecule.nodes) != 1:
        return None
    (node,) = molecule.nodes
    if any(triple.subject != node or triple.object == node for triple in molecule.triples):
        return None
    facts = {(triple.predicate, triple.object) for triple in molecule.triples}
    parts = [value for part in _PARTS for used, value in facts if used == part]
    if (TYPE, _AXIOM) not in facts or len(parts) != len(_PARTS):
        return None
    subject, used, value = parts
    if not isinstance(subject, NamedNode) or not isinstance(used, NamedNode):
        return None
    rest = frozenset(fact for fact in facts if fact != (TYPE, _AXIOM) and fact[0] not in _PARTS)
    return Triple(subject, used, value), rest


def _in_order(values: Iterable[Term]) -> tuple[NamedNode, ...]:
    found = {value for value in values if isinstance(value, NamedNode)}
    return tuple(sorted(found, key=lambda value: reading_order(value.value)))
