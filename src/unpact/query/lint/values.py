"""Values of the wrong kind: a literal where a thing is wanted, a class that excludes another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.finding import Severity
from unpact.query import algebra as alg
from unpact.query.algebra import Span
from unpact.query.lint.facts import Fact, facts_of
from unpact.query.lint.source import shown, word
from unpact.query.lint.terms_of_pattern import WRONG, check_pattern
from unpact.query.scope import groups_in, projected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unpact.finding import Finding
    from unpact.query.lint.source import QueryText
    from unpact.query.lint.vocabulary import Vocabulary
    from unpact.query.stored import StoredQuery
    from unpact.query.tokens import Token

_KINDS = {True: "a literal", False: "a thing"}


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
        because = f"a parameter of type {parameter.type}"
        yield Fact(f"?{parameter.name}", because, Span(0, 0), literal=cls is None, cls=cls)


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
            yield from check_pattern(pattern, self._source, self._vocabulary)
            for fact in facts_of(pattern, self._source, self._vocabulary):
                yield from self._conflicts(fact, facts)
                facts.append(fact)
        for element in _apart(group):
            if isinstance(element, alg.Filter):
                yield from self._comparisons(element.tokens, facts)
            inherited = facts
            if isinstance(element, alg.SubSelect):
                names = projected(element.query) | self._source.inputs
                inherited = [fact for fact in facts if fact.name in names]
            for inner in groups_in(element):
                yield from self.group(inner, inherited)

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
