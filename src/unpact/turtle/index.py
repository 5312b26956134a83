"""Finds triples by subject in a document of any size; parsed is only what can hold them."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from unpact.errors import DataSyntaxError
from unpact.turtle.keys import NIL, Anonymous, Label
from unpact.turtle.nodes import Triples
from unpact.turtle.parser import parse_statement
from unpact.turtle.split import numbers
from unpact.turtle.triples import triples_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.turtle.keys import Key
    from unpact.turtle.split import Statements
    from unpact.turtle.triples import Span, Written

# a subject that is written as N-Triples writes it: nothing has to be resolved or unescaped
_AS_IN_N_TRIPLES = re.compile(r"_:|<[A-Za-z][A-Za-z0-9+.\-]*:[^\\]*\Z")


class TripleIndex:
    """The triples of a document by their terms.

    A statement that cannot be parsed has no triples here: what is wrong with it, others say better.
    """

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._parsed: dict[int, dict[Key, list[Written]]] = {}
        self._subjects: dict[str, list[int]] | None = None
        self._entries: dict[Key, _Entry] = {}

    def statement(self, number: int) -> dict[Key, list[Written]]:
        """The triples of a statement by subject."""
        found = self._parsed.get(number)
        if found is None:
            found = self._parsed[number] = {}
            for triple in self.triples(number):
                found.setdefault(triple.subject, []).append(triple)
        return found

    def triples(self, number: int) -> list[Written]:
        """The triples of a statement in the engine's order."""
        statements = self._statements
        try:
            trees, _ = parse_statement(statements, number)
        except DataSyntaxError:
            return []
        return [
            triple
            for tree in trees
            if isinstance(tree, Triples)
            for triple in triples_of(tree, statements.text, statements.prologue)
        ]

    def find(self, subject: Key, predicate: str | None = None, value: Key | None = None) -> Span | None:
        """Where the triple, or the first with its subject and predicate, or with its subject, is written.

        Of the first it is the object, of the second the predicate, of the third the subject.
        """
        entry = self._entries.get(subject)
        if entry is None:
            entry = self._entries[subject] = _Entry(self._statements_of(subject))
        return entry.find(self, subject, predicate, value)

    def _statements_of(self, subject: Key) -> Iterator[int]:
        """The statements in which a node can be a subject, first to last."""
        if isinstance(subject, Anonymous):
            return iter((self._statements.at(subject.start),))
        found: list[int] = []
        if isinstance(subject, Label):
            found = list(numbers(self._statements.heads().get(subject.label)))
        elif isinstance(subject, str):
            if self._in_full:
                found = list(numbers(self._statements.heads().get(f"<{subject}>")))
            else:
                found = self._by_subject().get(subject, found)
        more = self._statements.reified
        if subject == NIL:
            # an empty collection
            starts, text = self._statements.starts, self._statements.text
            more = [*more, *(number for number, start in enumerate(starts) if text[start] == "(")]
        return iter(sorted({*found, *more}) if more else found)

    @cached_property
    def _in_full(self) -> bool:
        """Whether each subject has one spelling, so that it can be looked up without a table of all."""
        return all(map(_AS_IN_N_TRIPLES.match, self._statements.heads()))

    def _by_subject(self) -> dict[str, list[int]]:
        if self._subjects is None:
            self._subjects = {}
            starts = self._statements.starts
            for head, found in self._statements.heads().items():
                for number in numbers(found):
                    iri = self._iri(head, starts[number])
                    if iri is not None:
                        self._subjects.setdefault(iri, []).append(number)
            if len(self._subjects) < len(self._statements.heads()):
                # one subject in several spellings
                for each in self._subjects.values():
                    each.sort()
        return self._subjects

    def _iri(self, written: str, offset: int) -> str | None:
        prologue = self._statements.prologue
        if written.startswith("<"):
            return prologue.iri(written, offset)
        return prologue.expand(written, offset)


class _Entry:
    """What is known about one subject so far; statements are looked into only as far as was needed."""

    def __init__(self, statements: Iterator[int]) -> None:
        self._rest = statements
        self._subject: Span | None = None
        self._predicates: dict[str, Span] = {}
        self._values: dict[tuple[str, Key], Span] = {}

    def find(self, index: TripleIndex, subject: Key, predicate: str | None, value: Key | None) -> Span | None:
        while True:
            if predicate is None:
                found = self._subject
            elif value is None:
                found = self._predicates.get(predicate)
            else:
                found = self._values.get((predicate, value))
            if found is not None:
                return found
            number = next(self._rest, None)
            if number is None:
                return None
            for triple in index.statement(number).get(subject, ()):
                self._subject = self._subject or triple.subject_span
                self._predicates.setdefault(triple.predicate, triple.predicate_span)
                self._values.setdefault((triple.predicate, triple.object), triple.object_span)
