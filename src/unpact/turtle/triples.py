"""Reads the triples off a tree, in the order in which the engine's parser gives them.

The order matters because it is how blank nodes without a label get their names. The engine gives a triple
when it has read the token that completes its object: the bracket that closes, but for a collection the token
that begins the first item; for a string the token behind it, which might have been a language tag. Triples
that one token completes come in reverse.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from unpact.turtle.keys import (
    FIRST,
    NIL,
    REIFIES,
    REST,
    Anonymous,
    Key,
    TripleKey,
    name_key,
    string_key,
)
from unpact.turtle.nodes import (
    Annotated,
    Brackets,
    Collection,
    Name,
    Property,
    Quoted,
    Reifier,
    String,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.turtle.nodes import Node, Triples
    from unpact.turtle.prologue import Prologue

Span = tuple[int, int]


class Written(NamedTuple):
    """A triple with where its parts are written.

    The triples of a collection have no parts of their own: theirs is the item.
    """

    subject: Key
    predicate: str
    object: Key
    subject_span: Span
    predicate_span: Span
    object_span: Span


class _Subject(NamedTuple):
    key: Key
    span: Span


def triples_of(statement: Triples, text: str, prologue: Prologue) -> list[Written]:
    """The triples of a statement in the engine's order."""
    return _Reading(text, prologue).read(statement)


class _Reading:
    """Collects the triples of one statement, each with the offset of the token that completes it."""

    def __init__(self, text: str, prologue: Prologue) -> None:
        self._text = text
        self._prologue = prologue
        self._found: list[tuple[int, Written]] = []

    def read(self, statement: Triples) -> list[Written]:
        subject = self._subject(statement.subject)
        self._properties(subject, statement.properties)
        found = self._found
        if all(earlier[0] < later[0] for earlier, later in pairwise(found)):
            return [written for _, written in found]
        ordered: list[Written] = []
        completed = -1
        begin = 0
        for token, written in found:
            if token != completed:
                completed, begin = token, len(ordered)
            ordered.insert(begin, written)
        return ordered

    def _emit(self, token: int, subject: _Subject, predicate: tuple[str, Span], value: _Subject) -> None:
        written = Written(subject.key, predicate[0], value.key, subject.span, predicate[1], value.span)
        self._found.append((token, written))

    def _subject(self, node: Node) -> _Subject:
        span = (node.start, node.end)
        if isinstance(node, Name):
            return _Subject(name_key(self._text, node, self._prologue), span)
        if isinstance(node, Brackets):
            subject = _Subject(Anonymous(node.start), span)
            self._properties(subject, node.properties)
            return subject
        if isinstance(node, Collection) and node.items:
            first = _Subject(Anonymous(node.items[0].start, cell=True), span)
            self._cells(first, node)
            return first
        if isinstance(node, Quoted) and node.reified:
            return self._reified(node)
        return _Subject(self._term(node), span)

    def _properties(self, subject: _Subject, properties: Iterable[Property]) -> None:
        for used in properties:
            predicate = self._predicate(used.predicate)
            for node in used.objects:
                self._object(subject, predicate, node)

    def _predicate(self, name: Name) -> tuple[str, Span]:
        key = name_key(self._text, name, self._prologue)
        return key if isinstance(key, str) else "", (name.start, name.end)

    def _object(self, subject: _Subject, predicate: tuple[str, Span], node: Node) -> None:
        span = (node.start, node.end)
        if isinstance(node, Name):
            value = _Subject(name_key(self._text, node, self._prologue), span)
            self._emit(node.start, subject, predicate, value)
        elif isinstance(node, String):
            self._emit(_completed(node), subject, predicate, _Subject(self._term(node), span))
        elif isinstance(node, Brackets):
            value = _Subject(Anonymous(node.start), span)
            self._properties(value, node.properties)
            self._emit(node.end - 1, subject, predicate, value)
        elif isinstance(node, Collection):
            self._collection(subject, predicate, node)
        elif isinstance(node, Annotated):
            self._annotated(subject, predicate, node)
        elif node.reified:
            value = self._reified(node)
            self._emit(node.end - len(">>"), subject, predicate, value)
        else:
            self._emit(node.end - len(")>>"), subject, predicate, _Subject(self._term(node), span))

    def _collection(self, subject: _Subject, predicate: tuple[str, Span], node: Collection) -> None:
        span = (node.start, node.end)
        if not node.items:
            self._emit(node.end - 1, subject, predicate, _Subject(NIL, span))
            return
        begin = node.items[0].start
        first = _Subject(Anonymous(begin, cell=True), span)
        self._emit(begin, subject, predicate, first)
        self._cells(first, node)

    def _cells(self, cell: _Subject, node: Collection) -> None:
        for number, item in enumerate(node.items):
            span = (item.start, item.end)
            if number:
                following = _Subject(Anonymous(item.start, cell=True), span)
                self._emit(item.start, cell, (REST, span), following)
                cell = following
            self._object(cell, (FIRST, span), item)
        closing = (node.end - 1, node.end)
        self._emit(closing[0], cell, (REST, closing), _Subject(NIL, closing))

    def _reified(self, node: Quoted) -> _Subject:
        """A reified triple: the reifier is the term, and a triple says what it reifies."""
        closing = node.end - len(">>")
        subject = self._subject(node.subject)
        predicate = self._predicate(node.predicate)
        value = self._subject(node.object)
        return self._reify(closing, (subject, predicate, value), node.reifier, (node.start, node.end))

    def _reify(
        self,
        token: int,
        triple: tuple[_Subject, tuple[str, Span], _Subject],
        reifier: Reifier | None,
        span: Span,
    ) -> _Subject:
        subject, (predicate, _), value = triple
        if reifier is None or reifier.name is None:
            named = _Subject(Anonymous(span[0]), span)
        else:
            named = self._subject(reifier.name)
        stated = _Subject(TripleKey(subject.key, predicate, value.key), span)
        self._emit(token, named, (REIFIES, span), stated)
        return named

    def _annotated(self, subject: _Subject, predicate: tuple[str, Span], node: Annotated) -> None:
        inner = node.node
        self._object(subject, predicate, inner)
        value = _Subject(self._term(inner), (inner.start, inner.end))
        triple = (subject, predicate, value)
        reifier: _Subject | None = None
        for annotation in node.annotations:
            span = (annotation.start, annotation.end)
            if isinstance(annotation, Reifier):
                token = annotation.following if annotation.name is None else annotation.name.start
                reifier = self._reify(token, triple, annotation, span)
            elif reifier is None:
                # an annotation without a reifier in front has one of its own
                self._properties(self._reify(annotation.start, triple, None, span), annotation.properties)
            else:
                self._properties(reifier, annotation.properties)

    def _term(self, node: Node) -> Key:
        """The key of a term, without saying anything about what is in it."""
        if isinstance(node, Name):
            return name_key(self._text, node, self._prologue)
        if isinstance(node, String):
            return string_key(self._text, node, self._prologue)
        if isinstance(node, Collection):
            return Anonymous(node.items[0].start, cell=True) if node.items else NIL
        if isinstance(node, Quoted):
            return self._quoted(node)
        return self._term(node.node) if isinstance(node, Annotated) else Anonymous(node.start)

    def _quoted(self, node: Quoted) -> Key:
        if not node.reified:
            predicate, _ = self._predicate(node.predicate)
            return TripleKey(self._term(node.subject), predicate, self._term(node.object))
        if node.reifier is None or node.reifier.name is None:
            return Anonymous(node.start)
        return self._term(node.reifier.name)


def _completed(string: String) -> int:
    """The token after which nothing can be added to a string any more."""
    if string.datatype is not None:
        return string.datatype.start
    return string.following if string.language is None else string.language
