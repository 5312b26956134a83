"""An index over the triples of a shapes graph, which is read once and asked thousands of small questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unpact.names import RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal | Triple

_FIRST, _REST, _NIL = NamedNode(RDF + "first"), NamedNode(RDF + "rest"), NamedNode(RDF + "nil")


class Triples:
    """The triples of a graph by subject and by object.

    Args:
        triples: their order is kept in every answer.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._forward: dict[Term, dict[NamedNode, list[Term]]] = {}
        self._backward: dict[tuple[NamedNode, Term], list[Node]] = {}
        for triple in dict.fromkeys(triples):
            if isinstance(triple.subject, Triple):
                continue
            self._forward.setdefault(triple.subject, {}).setdefault(triple.predicate, []).append(
                triple.object
            )
            self._backward.setdefault((triple.predicate, triple.object), []).append(triple.subject)

    def __len__(self) -> int:
        return sum(len(found) for of in self._forward.values() for found in of.values())

    def __iter__(self) -> Iterator[Triple]:
        for subject, used in self._forward.items():
            for predicate, values in used.items():
                for value in values:
                    yield Triple(subject, predicate, value)  # type: ignore[arg-type]  # a Term that was a subject

    def subjects_all(self) -> list[Term]:
        """Every subject, in the order of the graph."""
        return list(self._forward)

    def objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """The values of a property of `subject`."""
        return self._forward.get(subject, {}).get(predicate, [])

    def object(self, subject: Term, predicate: NamedNode) -> Term | None:
        """The first value of a property; None where there is none."""
        found = self.objects(subject, predicate)
        return found[0] if found else None

    def subjects(self, predicate: NamedNode, value: Term) -> list[Node]:
        """The nodes that have `value` for a property."""
        return self._backward.get((predicate, value), [])

    def subject_objects(self, predicate: NamedNode) -> Iterator[tuple[Term, Term]]:
        """The subjects and values of a property."""
        for subject, used in self._forward.items():
            for value in used.get(predicate, ()):
                yield subject, value

    def properties(self, subject: Term) -> dict[NamedNode, list[Term]]:
        """All properties of a node with their values."""
        return self._forward.get(subject, {})

    def collection(self, head: Term) -> list[Term]:
        """The members of an RDF list.

        Raises:
            ValueError: when the list is not well formed: no first, two rests, or a circle.
        """
        members: list[Term] = []
        seen: set[Term] = set()
        while head != _NIL:
            first, rest = self.objects(head, _FIRST), self.objects(head, _REST)
            if len(first) != 1 or len(rest) != 1 or head in seen:
                raise ValueError(f"{head} is no well-formed list")
            seen.add(head)
            members.append(first[0])
            head = rest[0]
        return members

    def around(self, node: Term) -> Iterator[Triple]:
        """The triples of a blank node, and of the blank nodes that they lead to."""
        seen: set[Term] = set()
        todo = [node]
        while todo:
            each = todo.pop()
            if not isinstance(each, BlankNode) or each in seen:
                continue
            seen.add(each)
            for predicate, values in self.properties(each).items():
                for value in values:
                    yield Triple(each, predicate, value)
                    todo.append(value)
