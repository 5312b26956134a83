"""The ontology in a graph, as the compiler of rules reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.names import RDF, XSD
from unpact.reason.codes import LITERAL, OBJECT, SHIFT
from unpact.reason.facts import of_class

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.reason.codes import Coded, Codes
    from unpact.reason.facts import Facts
    from unpact.reason.words import Words

_ONE = "1"


class Schema:
    """What the axioms of a graph say; every answer in an order that depends on the axioms alone."""

    def __init__(self, facts: Facts, codes: Codes, words: Words) -> None:
        self._facts = facts
        self._codes = codes
        self._words = words

    def pairs(self, word: str) -> Iterator[tuple[int, int, Coded]]:
        """The subjects and objects of a property of OWL or RDFS, each with its triple."""
        predicate = self._words[word]
        for each in sorted(self._facts.of(predicate)):
            subject, value = each >> SHIFT, each & OBJECT
            yield subject, value, (subject, predicate, value)

    def instances(self, word: str) -> Iterator[tuple[int, Coded]]:
        """What has a type of OWL or RDFS, each with the triple that says so."""
        kind = self._words[word]
        for subject in sorted(self._facts.of(of_class(kind))):
            yield subject, (subject, self._words.type, kind)

    def values(self, subject: int, word: str) -> list[int]:
        """The values of a property of OWL or RDFS."""
        return self._facts.objects(self._words[word], subject)

    def lists(self, word: str) -> Iterator[tuple[int, list[int], Coded]]:
        """As `pairs`, with the members of the list that is the object; malformed lists are left out."""
        for subject, head, axiom in self.pairs(word):
            members = self.list_of(head)
            if members:
                yield subject, members, axiom

    def list_of(self, head: int) -> list[int]:
        """The members of a list; empty where it has none or is malformed."""
        return [member for _, _, member in self.cells(head)]

    def cells(self, head: int) -> list[Coded]:
        """The triples of a list that name its members; empty where it has none or is malformed."""
        first, rest, nil = self._words["first"], self._words["rest"], self._words["nil"]
        cells: list[Coded] = []
        seen: set[int] = set()
        while head != nil:
            here, further = self._facts.objects(first, head), self._facts.objects(rest, head)
            if len(here) != 1 or len(further) != 1 or head in seen:
                return []
            seen.add(head)
            cells.append((head, first, here[0]))
            head = further[0]
        return cells

    def restrictions(self, word: str) -> Iterator[tuple[int, int, int, tuple[Coded, ...]]]:
        """The restrictions that have a value for `word`, with their property, the value and their triples."""
        on = self._words["onProperty"]
        for restriction, value, axiom in self.pairs(word):
            for used in self.values(restriction, "onProperty"):
                yield restriction, used, value, (axiom, (restriction, on, used))

    def is_one(self, code: int) -> bool:
        """Whether a literal is the number one, however its type is written."""
        return code >= LITERAL and str(getattr(self._codes.term(code), "value", "")).lstrip("0") == _ONE

    def is_zero(self, code: int) -> bool:
        """Whether a literal is the number zero."""
        return code >= LITERAL and str(getattr(self._codes.term(code), "value", "x")).strip("0") == ""

    def is_datatype(self, code: int) -> bool:
        """Whether a class is one of literals, so that nothing about a thing follows from it."""
        if code == self._words["Literal"] or code in self._facts.of(of_class(self._words["Datatype"])):
            return True
        value = getattr(self._codes.term(code), "value", "")
        return value.startswith((XSD, RDF + "langString", RDF + "PlainLiteral", RDF + "XMLLiteral"))

    def is_data_property(self, code: int) -> bool:
        """Whether a property is declared to have literals for values."""
        return code in self._facts.of(of_class(self._words["DatatypeProperty"]))
