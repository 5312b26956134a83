"""Facts by what they say: the instances of each class, the pairs of each property, with indexes.

A relation is a whole number: the code of a property, or `of_class(code)` of a class. Its members are
instances of the class, or pairs of the property.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from unpact.reason.codes import LITERAL, OBJECT, SHIFT, Coded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Index: TypeAlias = dict[int, list[int]]
#: members by their relation
Members: TypeAlias = dict[int, set[int]]


def of_class(code: int) -> int:
    """The relation of a class; below zero, so that no property has the same."""
    return ~code


class Facts:
    """All facts, asserted or inferred.

    Args:
        type_code: the code of rdf:type, whose triples are kept by class.
    """

    def __init__(self, type_code: int) -> None:
        self.type_code = type_code
        self.members: Members = {}
        self._by_subject: dict[int, Index] = {}
        self._by_object: dict[int, Index] = {}

    def __len__(self) -> int:
        return sum(map(len, self.members.values()))

    def place(self, fact: Coded) -> tuple[int, int]:
        """The relation of a triple and its member there."""
        subject, predicate, value = fact
        if predicate == self.type_code and value < LITERAL:
            return ~value, subject
        return predicate, subject << SHIFT | value

    def triple(self, relation: int, member: int) -> Coded:
        """A member of a relation as a triple."""
        if relation < 0:
            return member, self.type_code, ~relation
        return member >> SHIFT, relation, member & OBJECT

    def grouped(self, facts: Iterable[Coded]) -> Members:
        """Triples by their relations."""
        found: Members = {}
        kind = self.type_code
        for subject, predicate, value in facts:
            if predicate == kind and value < LITERAL:
                relation, member = ~value, subject
            else:
                relation, member = predicate, subject << SHIFT | value
            known = found.get(relation)
            if known is None:
                found[relation] = {member}
            else:
                known.add(member)
        return found

    def of(self, relation: int) -> set[int]:
        """The members of a relation, not to be changed."""
        return self.members.get(relation) or set()

    def holds(self, fact: Coded) -> bool:
        """Whether a triple is among the facts."""
        relation, member = self.place(fact)
        return member in self.members.get(relation, ())

    def objects(self, predicate: int, subject: int) -> list[int]:
        """The values of a property of a subject."""
        return self.by_subject(predicate).get(subject, [])

    def by_subject(self, relation: int) -> Index:
        """The objects of each subject of a property; built when first asked for, and kept up to date."""
        found = self._by_subject.get(relation)
        if found is None:
            found = self._by_subject[relation] = {}
            _fill(found, self.of(relation), forward=True)
        return found

    def by_object(self, relation: int) -> Index:
        """The subjects of each object of a property, likewise."""
        found = self._by_object.get(relation)
        if found is None:
            found = self._by_object[relation] = {}
            _fill(found, self.of(relation), forward=False)
        return found

    def add(self, relation: int, members: set[int]) -> None:
        """Add members that are not there yet."""
        self.members.setdefault(relation, set()).update(members)
        if relation in self._by_subject:
            _fill(self._by_subject[relation], members, forward=True)
        if relation in self._by_object:
            _fill(self._by_object[relation], members, forward=False)

    def remove(self, gone: Members) -> None:
        """Take out members that are there."""
        for relation, members in gone.items():
            self.members[relation] -= members
            for index, forward in ((self._by_subject, True), (self._by_object, False)):
                if relation in index:
                    _empty(index[relation], members, forward=forward)

    def triples(self) -> Iterator[Coded]:
        """Every triple."""
        for relation, members in self.members.items():
            for member in members:
                yield self.triple(relation, member)


def _fill(index: Index, pairs: Iterable[int], *, forward: bool) -> None:
    for each in pairs:
        start, end = each >> SHIFT, each & OBJECT
        if not forward:
            start, end = end, start
        known = index.get(start)
        if known is None:
            index[start] = [end]
        else:
            known.append(end)


def _empty(index: Index, pairs: Iterable[int], *, forward: bool) -> None:
    for each in pairs:
        start, end = each >> SHIFT, each & OBJECT
        if not forward:
            start, end = end, start
        index[start].remove(end)
