"""Patterns that share no variable: every solution of one is combined with every solution of the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unpact.finding import Severity
from unpact.query import algebra as alg
from unpact.query.algebra import Span
from unpact.query.lint.source import shown, span_of
from unpact.query.scope import (
    aggregates,
    expression_variables,
    groups_in,
    projected,
    values_names,
    visible_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unpact.finding import Finding
    from unpact.query.lint.source import QueryText
    from unpact.query.tokens import Token

PRODUCT = "query/cartesian-product"


@dataclass(frozen=True, slots=True)
class _Part:
    """Something that binds variables together; `many` when it may have more than one solution."""

    names: frozenset[str]
    span: Span
    many: bool = True


def check_joins(source: QueryText, query: alg.Query) -> Iterator[Finding]:
    """Groups whose patterns fall apart into sets without a common variable.

    Terms do not connect, and neither do inputs, which are terms when the query runs. What has one solution
    at most (BIND, a single row of VALUES, an aggregate without GROUP BY) multiplies nothing. In a group that
    is joined with others, the variables of these connect as well.
    """
    yield from _group(source, query.where, frozenset(values_names(query.values)))


def _group(source: QueryText, group: alg.Group, outer: frozenset[str]) -> Iterator[Finding]:
    parts = [part for element in group.elements for part in _parts(element, source.inputs)]
    if outer:
        parts.insert(0, _Part(outer, Span(0, 0), many=False))
    components = _components(parts)
    multiplying = [component for component in components if any(part.many for part in component)]
    if len(multiplying) > 1:
        first = multiplying[0]
        for component in multiplying[1:]:
            yield _finding(source, first, component, group)
            first = first + component
    for element in group.elements:
        others = frozenset(
            name for other in group.elements if other is not element for name in visible_in(other)
        )
        yield from _inside(source, element, outer | (others - source.inputs))


def _inside(source: QueryText, element: alg.Element, outer: frozenset[str]) -> Iterator[Finding]:
    match element:
        case alg.Nested(_, group) | alg.Exists(group):
            yield from _group(source, group, outer)
        case alg.Union(branches):
            for branch in branches:
                yield from _group(source, branch, outer)
        case alg.Filter(_, tests) | alg.Bind(_, _, tests):
            for test in tests:
                yield from _group(source, test.group, outer)
        case alg.Minus(_, group) | alg.Service(_, group):
            yield from _group(source, group, frozenset())
        case alg.SubSelect(query):
            yield from check_joins(source, query)


def _parts(element: alg.Element, inputs: frozenset[str]) -> Iterator[_Part]:
    found: list[tuple[set[str], Span, bool]] = []
    match element:
        case alg.Triples(patterns):
            found = [
                (set(pattern.variables()), Span(pattern.spans[0].start, pattern.spans[2].end), True)
                for pattern in patterns
            ]
        case alg.Nested(_, group):
            many = not (len(group.elements) == 1 and _single(group.elements[0]))
            found = [(visible_in(element), _first(element), many)]
        case alg.Union():
            found = [(visible_in(element), _first(element), True)]
        case alg.SubSelect(query):
            found = [(projected(query), span_of(query.tokens[:1]), not _single(element))]
        case alg.Service(tokens):
            found = [(visible_in(element), span_of(tokens[:1]), True)]
        case alg.Values(tokens):
            found = [(set(values_names(tokens)), span_of(tokens), not _single(element))]
        case alg.Bind(tokens, column):
            used = {alg.variable(token.text) for token in expression_variables(column.expression or ())}
            found = [(used | {column.variable}, span_of(tokens), False)]
    for names, span, many in found:
        if free := frozenset(names - inputs):
            yield _Part(free, span, many)


def _single(element: alg.Element) -> bool:
    """Whether the element has one solution at most, whatever the graph."""
    match element:
        case alg.SubSelect(query):
            if query.limit is not None:
                following = next((t for t in query.tokens if t.start > query.limit.start), None)
                if following is not None and following.text in ("0", "1"):
                    return True
            return aggregates(query) and query.group_by is None
        case alg.Values(tokens):
            opening = next(index for index, token in enumerate(tokens) if token.text == "{")
            rows = tokens[opening + 1 : -1]
            if any(token.text.startswith("$") for token in rows):
                return False
            if any(token.text == "(" for token in rows):
                return sum(token.text == "(" for token in rows) == 1
            return len([token for token in rows if token.kind not in ("langtag", "punct")]) == 1
        case _:
            return False


def _first(element: alg.Element) -> Span:
    """Where an element begins: its keyword, or the first thing in it that has a place."""
    match element:
        case alg.Triples(patterns):
            return patterns[0].spans[0] if patterns else Span(0, 0)
        case alg.SubSelect(query):
            return span_of(query.tokens[:1])
        case alg.Opaque(tokens):
            return span_of(tokens[:1])
        case alg.Nested() | alg.Exists() if element.head:
            return span_of(element.head)
    inside = [inner for group in groups_in(element) for inner in group.elements]
    return _first(inside[0]) if inside else Span(0, 0)


def _components(parts: Sequence[_Part]) -> list[list[_Part]]:
    """The parts, put together wherever they share a variable, in the order in which they are written."""
    found: list[list[_Part]] = []
    for part in parts:
        joined = [group for group in found if any(part.names & other.names for other in group)]
        rest = [group for group in found if group not in joined]
        merged = sorted([*(each for group in joined for each in group), part], key=lambda each: each.span)
        found = sorted([*rest, merged], key=lambda group: group[0].span)
    return found


def _finding(source: QueryText, first: list[_Part], second: list[_Part], group: alg.Group) -> Finding:
    one, other = _names(first), _names(second)
    related = _relation(group, one, other)
    place = next(part.span for part in second if part.many)
    names = f"{_example(one, source)} and {_example(other, source)}"
    if related is None:
        message = f"nothing connects {names}: each solution of the one is combined with each of the other"
        return source.finding(
            PRODUCT, Severity.WARNING, message, place, mend="Connect them by a common variable."
        )
    left, right, same = related
    if same:
        message = f"only a FILTER connects {names}: all their combinations are made before it is applied"
        mend = f"Write {left} in place of {right}, and leave the FILTER out."
        return source.finding(PRODUCT, Severity.WARNING, message, place, mend=mend)
    message = f"only a comparison connects {names}: all their combinations are made and compared"
    return source.finding(PRODUCT, Severity.INFO, message, place)


def _names(parts: Sequence[_Part]) -> frozenset[str]:
    return frozenset(name for part in parts for name in part.names)


def _example(names: frozenset[str], source: QueryText) -> str:
    """One variable that stands for a set, the first of those that have a name."""
    return shown(min(names, key=lambda name: (name.startswith(alg.BLANK), name)), source.inputs)


def _relation(group: alg.Group, one: frozenset[str], other: frozenset[str]) -> tuple[str, str, bool] | None:
    """The variables by which a FILTER of the group relates two sets; whether it says they are the same."""
    for element in group.elements:
        if not isinstance(element, alg.Filter):
            continue
        tokens = list(expression_variables(element.tokens))
        left = [token for token in tokens if alg.variable(token.text) in one]
        right = [token for token in tokens if alg.variable(token.text) in other]
        if left and right:
            same = _says_same(element.tokens, left[0], right[0])
            return left[0].text, right[0].text, same
    return None


def _says_same(tokens: Sequence[Token], left: Token, right: Token) -> bool:
    """Whether the whole condition is ``?a = ?b`` or ``sameTerm(?a, ?b)``."""
    words = [token.upper for token in tokens[1:] if token.text not in ("(", ")", ",")]
    pair = {left.text, right.text}
    return len(words) == len(pair) + 1 and (
        ({words[0], words[2]} == pair and words[1] == "=")
        or (set(words[1:]) == pair and words[0] == "SAMETERM")
    )
