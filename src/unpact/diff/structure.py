"""What hangs on a blank node, as a value: a list, or properties with values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import BlankNode, NamedNode

from unpact.diff.colours import Term
from unpact.names import RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unpact.diff.molecules import Molecule

_FIRST, _REST, _NIL = (NamedNode(RDF + name) for name in ("first", "rest", "nil"))


@dataclass(frozen=True, slots=True)
class Listed:
    """The members of a list."""

    members: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Nested:
    """The properties and values of a blank node, sorted."""

    facts: tuple[tuple[NamedNode, Value], ...]


Value: TypeAlias = Term | Listed | Nested
"""A term, or what hangs on a blank node; a blank node itself only where it hangs on itself."""


class Structures:
    """The values that the blank nodes of a molecule are.

    Args:
        molecule: the names of its blank nodes do not count, but in cycles.
    """

    def __init__(self, molecule: Molecule) -> None:
        self._molecule = molecule
        self._facts: dict[Term, list[tuple[NamedNode, Term]]] = {}
        for triple in molecule.triples:
            self._facts.setdefault(triple.subject, []).append((triple.predicate, triple.object))

    def value(self, term: Term) -> Value:
        """A term as a value."""
        return self._value(term, frozenset())

    def anchored(self) -> Iterator[tuple[NamedNode, NamedNode, Value]]:
        """The facts of named things whose values hang on blank nodes, sorted."""
        found = [
            (triple.subject, triple.predicate, self.value(triple.object))
            for triple in self._molecule.triples
            if isinstance(triple.subject, NamedNode)
        ]
        return iter(sorted(found, key=str))

    def roots(self) -> list[BlankNode]:
        """The blank nodes that nothing points to; of a mere cycle, the first by what is said of them."""
        pointed = {triple.object for triple in self._molecule.triples}
        nodes = sorted(self._molecule.nodes, key=lambda node: self._molecule.colours[node])
        return [node for node in nodes if node not in pointed] or nodes[:1]

    def _value(self, term: Term, above: frozenset[Term]) -> Value:
        if not isinstance(term, BlankNode) or term in above:
            return term
        members = self._members(term)
        below = above | {term}
        if members is not None:
            return Listed(tuple(self._value(member, below) for member in members))
        facts = ((used, self._value(value, below)) for used, value in self._facts.get(term, ()))
        return Nested(tuple(sorted(facts, key=str)))

    def _members(self, node: Term) -> list[Term] | None:
        """The members of the list that begins at a node; None where it is not a list and nothing else."""
        members: list[Term] = []
        seen: set[Term] = set()
        while node != _NIL:
            facts = dict(self._facts.get(node, ()))
            if node in seen or facts.keys() != {_FIRST, _REST} or len(self._facts[node]) != len(facts):
                return None
            seen.add(node)
            members.append(facts[_FIRST])
            node = facts[_REST]
        return members


def terms_in(value: Value) -> Iterable[NamedNode]:
    """Every IRI in a value."""
    if isinstance(value, Listed):
        for member in value.members:
            yield from terms_in(member)
    elif isinstance(value, Nested):
        for used, each in value.facts:
            yield used
            yield from terms_in(each)
    elif isinstance(value, NamedNode):
        yield value
