"""The data as numbers, so that sets of many nodes and triples are quick to build and to compare.

The triples are those that somebody wrote, not those that the store keeps: a literal stays as it is written.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from unpact.graph.reached import reached
from unpact.shacl.shapes import SUBCLASS, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unpact.shacl.triples import Term

Numbered: TypeAlias = tuple[int, int, int]
Table: TypeAlias = dict[int, list[int]]


class DataIndex:
    """The triples of a data graph.

    Args:
        triples: quoted triples are left out, as SHACL is defined for RDF 1.1.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        numbers: dict[Term, int] = {}
        self.triples: dict[Numbered, None] = {}
        # of a million triples each is met here, so nothing is called that need not be
        for triple in triples:
            subject, used, value = triple
            if not isinstance(subject, Triple) and not isinstance(value, Triple):
                key = (
                    numbers.setdefault(subject, len(numbers)),
                    numbers.setdefault(used, len(numbers)),
                    numbers.setdefault(value, len(numbers)),
                )
                self.triples[key] = None
        self._numbers = numbers
        self.terms: list[Term] = list(numbers)
        self._pairs: dict[int, list[tuple[int, int]]] = {}
        for start, predicate, end in self.triples:
            self._pairs.setdefault(predicate, []).append((start, end))
        # most properties are followed in one direction only, and many in none
        self._forward: dict[int, Table] = {}
        self._backward: dict[int, Table] = {}
        self._below: dict[int, frozenset[int]] = {}

    def number(self, term: Term) -> int | None:
        """The number of a term; None for one that the data does not mention."""
        return self._numbers.get(term)

    def forward(self, used: Term) -> Mapping[int, list[int]]:
        """The values of a property, by subject."""
        number = self._numbers.get(used)
        if number is None:
            return {}
        if number not in self._forward:
            self._forward[number] = _table(self._pairs.get(number, ()))
        return self._forward[number]

    def backward(self, used: Term) -> Mapping[int, list[int]]:
        """The subjects of a property, by value."""
        number = self._numbers.get(used)
        if number is None:
            return {}
        if number not in self._backward:
            self._backward[number] = _table((end, start) for start, end in self._pairs.get(number, ()))
        return self._backward[number]

    def numbered(self, triples: Iterable[Triple]) -> dict[Numbered, None]:
        """Those of some triples that the data has, as numbers, each once."""
        found = (
            tuple(self._numbers.get(term, -1) for term in (each.subject, each.predicate, each.object))
            for each in triples
        )
        return {key: None for key in found if key in self.triples}

    def triple(self, numbered: Numbered) -> Triple:
        """The triple of three numbers."""
        subject, used, value = (self.terms[each] for each in numbered)
        return Triple(subject, used, value)  # type: ignore[arg-type]  # these were a triple before

    def below(self, cls: int) -> frozenset[int]:
        """A class and all classes below it."""
        if cls not in self._below:
            self._below[cls] = frozenset(reached([cls], lambda each: self._subclasses.get(each, ())))
        return self._below[cls]

    @cached_property
    def instances(self) -> Mapping[int, list[int]]:
        """The instances of each class, as they are typed."""
        return self.backward(TYPE)

    @cached_property
    def types(self) -> Mapping[int, list[int]]:
        """The classes of each node, as it is typed."""
        return self.forward(TYPE)

    @cached_property
    def by_subject(self) -> Mapping[int, list[Numbered]]:
        """The triples of each subject."""
        found: dict[int, list[Numbered]] = {}
        for triple in self.triples:
            found.setdefault(triple[0], []).append(triple)
        return found

    @cached_property
    def iris(self) -> frozenset[str]:
        """Every IRI that the data mentions, the datatypes of its literals included."""
        found = {term.value for term in self.terms if isinstance(term, NamedNode)}
        found |= {term.datatype.value for term in self.terms if isinstance(term, Literal)}
        return frozenset(found)

    @cached_property
    def _subclasses(self) -> Mapping[int, list[int]]:
        return self.backward(SUBCLASS)


def _table(pairs: Iterable[tuple[int, int]]) -> Table:
    found: Table = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
