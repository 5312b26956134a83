"""Values of the wrong kind: a literal where a thing is wanted, a class that excludes another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.finding import Severity
from unpact.names import RDF, XSD
from unpact.query import algebra as alg
from unpact.query.algebra import Span
from unpact.query.lint.facts import Fact, facts_of, is_type, is_variable, value_of
from unpact.query.lint.scope import projected
from unpact.query.lint.source import shown, word
from unpact.query.tokens import Token, expand_token, significant, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unpact.finding import Finding
    from unpact.query.lint.source import QueryText
    from unpact.query.lint.vocabulary import Property, Vocabulary
    from unpact.query.stored import StoredQuery

WRONG = "query/wrong-value"
_KINDS = {True: "a literal", False: "a thing"}
_COMPARED = 3


def check_values(
    source: QueryText, query: alg.Query, vocabulary: Vocabulary, stored: StoredQuery | None = None
) -> Iterator[Finding]:
    """Patterns that can match nothing, since the ontology says what their properties lead to.

    What only the values in the graph show, and not the ontology, is a warning.
    """
    known = list(_inputs(stored)) if stored is not None else []
    yield from _Values(source, vocabulary).group(query.where, known)


def _inputs(stored: StoredQuery) -> Iterator[Fact]:
    """What the header says of the inputs."""
    for parameter in stored.parameters:
        cls = parameter.class_iri
        yield Fact(
            f"?{parameter.name}", cls is None, cls, f"a parameter of type {parameter.type}", Span(0, 0), True
        )


class _Values:
    """One walk over the groups of one query."""

    def __init__(self, source: QueryText, vocabulary: Vocabulary) -> None:
        self._source = source
        self._vocabulary = vocabulary

    def group(self, group: alg.Group, outer: Sequence[Fact]) -> Iterator[Finding]:
        """A group; what is known from outside holds in it as well.

        The branches of UNION, and what is OPTIONAL, are looked at one by one: a value need not satisfy two
        of them.
        """
        facts = list(outer)
        for pattern in _patterns(group):
            yield from self._terms(pattern)
            for fact in facts_of(pattern, self._source, self._vocabulary):
                yield from self._conflicts(fact, facts)
                facts.append(fact)
        for element in _apart(group):
            match element:
                case alg.Filter(tokens, tests):
                    yield from self._comparisons(tokens, facts)
                    for test in tests:
                        yield from self.group(test.group, facts)
                case alg.Bind(_, _, tests):
                    for test in tests:
                        yield from self.group(test.group, facts)
                case alg.Union(branches):
                    for branch in branches:
                        yield from self.group(branch, facts)
                case alg.SubSelect(query):
                    names = projected(query) | self._source.inputs
                    yield from self.group(query.where, [fact for fact in facts if fact.name in names])
                case alg.Nested(_, inner) | alg.Exists(inner) | alg.Minus(_, inner):
                    yield from self.group(inner, facts)

    def _conflicts(self, fact: Fact, known: Sequence[Fact]) -> Iterator[Finding]:
        """The first fact that a new one contradicts."""
        for earlier in known:
            if earlier.name != fact.name:
                continue
            name = shown(fact.name, self._source.inputs)
            severity = Severity.VIOLATION if fact.declared and earlier.declared else Severity.WARNING
            if earlier.literal is not fact.literal:
                message = (
                    f"{name} is {fact.because}, so {_KINDS[fact.literal]}, "
                    f"but as {earlier.because} it is {_KINDS[earlier.literal]}"
                )
                yield self._source.finding(WRONG, severity, message, fact.span)
                return
            if fact.cls is None or earlier.cls is None:
                continue
            pair = self._vocabulary.exclude(fact.cls, earlier.cls)
            if pair is not None:
                one, other = (word(cls) for cls in pair)
                message = (
                    f"{name} is {_as(fact)}, but also {_as(earlier)}, and nothing is both {one} and {other}"
                )
                yield self._source.finding(WRONG, severity, message, fact.span)
                return

    def _terms(self, pattern: alg.TriplePattern) -> Iterator[Finding]:
        """The terms of one pattern by themselves."""
        subject_span, verb_span, object_span = pattern.spans
        if _literal(pattern.subject):
            message = "a literal is never the subject of a triple"
            yield self._source.finding(WRONG, Severity.VIOLATION, message, subject_span)
        path = pattern.predicate
        if isinstance(path, str) and not is_variable(path):
            path = alg.Step(path, verb_span)
        if isinstance(path, str):
            return
        if is_type(path, self._source):
            yield from self._type(pattern.object, object_span)
            return
        yield from self._path(path)
        for name, known in value_of(pattern, self._source, self._vocabulary)[:1]:
            yield from self._object(pattern.object, object_span, name, known, pattern)

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

    def _object(
        self, term: str, span: Span, name: str, known: Property, pattern: alg.TriplePattern
    ) -> Iterator[Finding]:
        """The object of a pattern, if it is a term."""
        others = [each for _, each in value_of(pattern, self._source, self._vocabulary)[1:]]
        if is_variable(term) or any(each.literal is not known.literal for each in others):
            return
        if literal := _literal(term):
            if not others or known.literal is False:
                yield from self._literal_value(term, literal, span, name, known)
            return
        iri = self._source.iri(term)
        if iri is None or others:
            return
        severity = Severity.VIOLATION if known.declared else Severity.WARNING
        if known.literal:
            message = f"{word(name)} has literals as values, and {word(iri)} is a thing"
            yield self._source.finding(WRONG, severity, message, span)
            return
        for wanted in known.ranges:
            for cls in sorted(self._vocabulary.types(iri)):
                if self._vocabulary.exclude(cls, wanted):
                    message = f"{word(name)} wants {word(wanted)}, and {word(iri)} is {word(cls)}"
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

    def _comparisons(self, tokens: Sequence[Token], facts: Sequence[Fact]) -> Iterator[Finding]:
        """``?thing = "text"`` in a filter, where the variable is known to be a thing."""
        things = {fact.name: fact for fact in facts if not fact.literal and fact.declared}
        inside = [token for token in tokens if token.text not in ("(", ")")]
        for left, sign, right in zip(inside, inside[1:], inside[2:], strict=False):
            for name, value in ((left, right), (right, left)):
                fact = things.get(alg.variable(name.text)) if name.kind == "var" else None
                if sign.text == "=" and fact is not None and value.kind in ("string", "number"):
                    message = f"{name.text} is {fact.because}, so a thing, and never equals a literal"
                    mend = "Compare with an IRI, or with a label of the thing."
                    span = Span(value.start, value.end)
                    yield self._source.finding(WRONG, Severity.VIOLATION, message, span, mend=mend)


def _patterns(group: alg.Group) -> Iterator[alg.TriplePattern]:
    """The triples that hold together in a group: its own, and those of GRAPH and of plain braces."""
    for element in group.elements:
        match element:
            case alg.Triples(patterns):
                yield from patterns
            case alg.Nested(keyword, inner) if keyword not in ("OPTIONAL", "LATERAL"):
                yield from _patterns(inner)


def _apart(group: alg.Group) -> Iterator[alg.Element]:
    """What is to be looked at by itself, in a group and in what holds together with it."""
    for element in group.elements:
        match element:
            case alg.Triples():
                continue
            case alg.Nested(keyword, inner) if keyword not in ("OPTIONAL", "LATERAL"):
                yield from _apart(inner)
            case _:
                yield element


def _as(fact: Fact) -> str:
    if fact.cls is None or fact.because == f"a {word(fact.cls)}":
        return fact.because
    return f"{fact.because} and so {word(fact.cls)}"


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
