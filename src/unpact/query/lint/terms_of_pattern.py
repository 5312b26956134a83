"""The terms of one triple pattern, held against what its property leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.finding import Severity
from unpact.names import RDF, XSD
from unpact.query import algebra as alg
from unpact.query.lint.facts import Step, as_path, ends, is_type, is_variable
from unpact.query.lint.source import word
from unpact.query.tokens import Token, expand_token, significant, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unpact.finding import Finding
    from unpact.query.algebra import Span
    from unpact.query.lint.source import QueryText
    from unpact.query.lint.vocabulary import Property, Vocabulary

WRONG = "query/wrong-value"


def check_pattern(pattern: alg.TriplePattern, source: QueryText, vocabulary: Vocabulary) -> Iterator[Finding]:
    """A literal where a thing is wanted or the reverse, a wrong datatype, a class in place of a property."""
    return _Terms(source, vocabulary).check(pattern)


class _Terms:
    """The checks of single patterns of one query."""

    def __init__(self, source: QueryText, vocabulary: Vocabulary) -> None:
        self._source = source
        self._vocabulary = vocabulary

    def check(self, pattern: alg.TriplePattern) -> Iterator[Finding]:
        """The terms of one pattern by themselves."""
        subject_span, _, object_span = pattern.spans
        if _literal(pattern.subject):
            message = "a literal is never the subject of a triple"
            yield self._source.finding(WRONG, Severity.VIOLATION, message, subject_span)
        path = as_path(pattern)
        if path is None:
            return
        if is_type(path, self._source):
            yield from self._type(pattern.object, object_span)
            return
        yield from self._path(path)
        first, last = (ends(path, self._source, first=first) for first in (True, False))
        yield from self._end(pattern.subject, subject_span, first, values=False)
        yield from self._end(pattern.object, object_span, last, values=True)

    def _type(self, term: str, span: Span) -> Iterator[Finding]:
        iri = self._source.iri(term)
        if _literal(term):
            message = f"{term} is a literal, and a class is wanted behind a"
            yield self._source.finding(WRONG, Severity.VIOLATION, message, span)
        elif iri is not None and self._vocabulary.is_property(iri):
            message = f"{word(iri)} is a property, and a class is wanted behind a"
            yield self._source.finding(WRONG, Severity.VIOLATION, message, span)

    def _path(self, path: alg.Path) -> Iterator[Finding]:
        """A class among the properties, and a step that leads on from a literal."""
        match path:
            case alg.Step(term, span):
                iri = self._source.iri(term)
                if iri is not None and self._vocabulary.is_class(iri):
                    message = f"{word(iri)} is a class, and a property is wanted here"
                    yield self._source.finding(
                        WRONG, Severity.VIOLATION, message, span, mend=f"Write a {word(iri)}."
                    )
            case alg.Inverse(inner) | alg.Repeat(inner, _):
                yield from self._path(inner)
            case alg.Choice(parts):
                for part in parts:
                    yield from self._path(part)
            case alg.Chain(parts):
                for index, part in enumerate(parts):
                    yield from self._path(part)
                    if index + 1 < len(parts) and isinstance(part, alg.Step):
                        yield from self._dead_end(part)

    def _dead_end(self, step: alg.Step) -> Iterator[Finding]:
        iri = self._source.iri(step.iri)
        known = self._vocabulary.property(iri) if iri is not None else None
        if iri is not None and known is not None and known.literal:
            severity = Severity.VIOLATION if known.declared else Severity.WARNING
            message = f"{word(iri)} leads to literals, from which no path goes on"
            yield self._source.finding(WRONG, severity, message, step.span)

    def _end(self, term: str, span: Span, steps: Sequence[Step], *, values: bool) -> Iterator[Finding]:
        """A term at one end of a path; with several steps there it must be wrong for all of them."""
        if is_variable(term) or not steps:
            return
        step = steps[0]
        if values == step.inverse:
            iri = self._source.iri(term)
            if iri is not None and len(steps) == 1:
                wanted = self._vocabulary.property(step.property).domains
                yield from self._class(iri, span, wanted, f"{word(step.property)} begins at")
            return
        known = [self._vocabulary.property(each.property) for each in steps]
        if any(each.inverse != step.inverse for each in steps) or len({each.literal for each in known}) > 1:
            return
        if literal := _literal(term):
            if len(steps) == 1 or known[0].literal is False:
                yield from self._literal_value(term, literal, span, step.property, known[0])
            return
        iri = self._source.iri(term)
        if iri is not None and len(steps) == 1:
            yield from self._thing_value(iri, span, step.property, known[0])

    def _thing_value(self, iri: str, span: Span, name: str, known: Property) -> Iterator[Finding]:
        if known.literal:
            severity = Severity.VIOLATION if known.declared else Severity.WARNING
            message = f"{word(name)} has literals as values, and {word(iri)} is a thing"
            yield self._source.finding(WRONG, severity, message, span)
            return
        yield from self._class(iri, span, known.ranges, f"{word(name)} leads to")

    def _class(self, iri: str, span: Span, wanted: Sequence[str], what: str) -> Iterator[Finding]:
        """A thing of the graph that is of a class that excludes the one wanted."""
        for cls in wanted:
            for given in sorted(self._vocabulary.types(iri)):
                pair = self._vocabulary.exclude(given, cls)
                if pair is not None:
                    one, other = (word(each) for each in pair)
                    message = f"{what} {word(cls)}, and {word(iri)} is {word(given)}; nothing is both"
                    message += "" if (one, other) == (word(given), word(cls)) else f" {one} and {other}"
                    yield self._source.finding(WRONG, Severity.VIOLATION, message, span)
                    return

    def _literal_value(
        self, term: str, literal: tuple[Token, ...], span: Span, name: str, known: Property
    ) -> Iterator[Finding]:
        severity = Severity.VIOLATION if known.declared else Severity.WARNING
        if known.literal is False:
            message = f"{word(name)} has things as values, and {term} is a literal"
            mend = "Write the IRI; to find it, type: unpact find TEXT."
            yield self._source.finding(WRONG, severity, message, span, mend=mend)
            return
        datatype = _datatype(literal, self._source.prefixes)
        if datatype is None or known.accepts(datatype):
            return
        severity = Severity.VIOLATION if known.datatypes_declared else Severity.WARNING
        if known.tagged:
            message = f"the values of {word(name)} have a language, and {term} has none"
            yield self._source.finding(WRONG, severity, message, span, mend=f"Write {literal[0].text}@en.")
            return
        wanted = " or ".join(word(each) for each in known.datatypes)
        message = f"the values of {word(name)} are of {wanted}, and {term} is of {word(datatype)}"
        yield self._source.finding(WRONG, severity, message, span)


def _literal(term: str) -> tuple[Token, ...]:
    """The tokens of a literal; none for other terms."""
    tokens = tuple(significant(tokenize(term)))
    first = tokens[0] if tokens else None
    is_literal = first is not None and (
        first.kind in ("string", "number") or first.upper in ("TRUE", "FALSE") or first.text in ("+", "-")
    )
    return tokens if is_literal else ()


def _datatype(literal: tuple[Token, ...], prefixes: Mapping[str, str]) -> str | None:
    """The datatype of a literal; None when its prefix is not known."""
    first, last = literal[0], literal[-1]
    if first.kind == "string":
        if last.kind == "langtag":
            return RDF + "langString"
        return XSD + "string" if len(literal) == 1 else expand_token(last, dict(prefixes))
    if first.kind == "word":
        return XSD + "boolean"
    digits = last.text.lower()
    return XSD + ("double" if "e" in digits else "decimal" if "." in digits else "integer")
