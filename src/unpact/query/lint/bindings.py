"""Variables that are used where nothing can have bound them.

A FILTER sees the solutions of its own group only, BIND what stands before it, and neither MINUS nor EXISTS
nor a sub-select lets out what it does not select (SPARQL 1.1 Query, section 18.2).
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from unpact.finding import Severity
from unpact.query import algebra as alg
from unpact.query.algebra import Span
from unpact.query.scope import (
    aggregates,
    expression_variables,
    groups_in,
    outside_aggregates,
    values_names,
    visible,
    visible_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unpact.finding import Finding
    from unpact.query.lint.source import QueryText
    from unpact.query.tokens import Token

UNBOUND = "query/unbound-variable"


def check_bindings(source: QueryText, query: alg.Query) -> Iterator[Finding]:
    """Each use of a variable that is unbound in every solution."""
    return _Bindings(source, query).query(query, set())


class _Bindings:
    """One walk over one query."""

    def __init__(self, source: QueryText, query: alg.Query) -> None:
        self._source = source
        self._anywhere = _bound_anywhere(query.where)

    def query(self, query: alg.Query, outer: set[str]) -> Iterator[Finding]:
        """A query or sub-query; `outer` is what an EXISTS around it fills in."""
        yield from self._group(query.where, outer)
        bound = visible(query.where) | outer | set(values_names(query.values))
        yield from self._used(expression_variables(query.described), bound, "described")
        for pattern in query.template.patterns if query.template is not None else ():
            yield from self._constructed(pattern, bound)
        keyed = {column.variable for column in query.group_by or () if column.expression is not None}
        yield from self._used(_unnamed(query.grouping, keyed), bound, "grouped by")
        inside = bound | keyed
        outside = inside
        if aggregates(query):
            outside = {column.variable for column in query.group_by or ()} | outer
        named: set[str] = set()
        for column in query.columns or ():
            if column.expression is None:
                tokens = () if column.token is None else (column.token,)
                yield from self._grouped(tokens, inside, outside | named, "selected")
            else:
                yield from self._grouped(column.expression, inside | named, outside | named, "computed with")
            named.add(column.variable)
        yield from self._grouped(query.having, inside | named, outside | named, "filtered by")
        yield from self._grouped(query.order_by, inside | named, outside | named, "ordered by")

    def _grouped(
        self, tokens: Sequence[Token], inside: set[str], outside: set[str], use: str
    ) -> Iterator[Finding]:
        """An expression behind the pattern; outside of aggregates a grouped query has only its keys."""
        free = {token.start for token in outside_aggregates(tokens)}
        for token in expression_variables(tokens):
            name = alg.variable(token.text)
            if name not in inside:
                yield from self._used([token], inside, use)
            elif token.start in free and name not in outside and name not in self._source.inputs:
                yield self._source.finding(
                    UNBOUND,
                    Severity.VIOLATION,
                    f"{token.text} is {use}, but the solutions are grouped and not by it",
                    Span(token.start, token.end),
                    mend=f"Add {token.text} to GROUP BY, or write SAMPLE({token.text}).",
                )

    def _group(
        self, group: alg.Group, outer: set[str], left: frozenset[str] = frozenset()
    ) -> Iterator[Finding]:
        """A group; `outer` is bound from outside, `left` is seen by its own filters only, as in OPTIONAL."""
        before = set(outer)
        everything = visible(group) | outer
        for element in group.elements:
            yield from self._element(element, before, everything | left)
            before |= visible_in(element)

    def _element(self, element: alg.Element, before: set[str], everything: set[str]) -> Iterator[Finding]:
        match element:
            case alg.Nested(keyword, group):
                lateral = before if keyword == "LATERAL" else set()
                left = frozenset(before) if keyword == "OPTIONAL" else frozenset()
                yield from self._group(group, lateral, left)
            case alg.Union(branches):
                for branch in branches:
                    yield from self._group(branch, set())
            case alg.SubSelect(query):
                yield from self.query(query, set())
            case alg.Exists(group):
                yield from self._group(group, everything)
            case alg.Opaque():
                yield from self._opaque(element, before, everything)

    def _opaque(self, element: alg.Opaque, before: set[str], everything: set[str]) -> Iterator[Finding]:
        match element:
            case alg.Filter(tokens, tests):
                yield from self._used(expression_variables(tokens), everything, "filtered by")
                for test in tests:
                    yield from self._group(test.group, everything)
            case alg.Bind(_, column, tests):
                used = expression_variables(column.expression or ())
                yield from self._used(used, before, "used in BIND", everything)
                for test in tests:
                    yield from self._group(test.group, before)
            case alg.Minus(_, group) | alg.Service(_, group):
                yield from self._group(group, set())

    def _used(
        self,
        tokens: Iterator[Token] | Sequence[Token],
        bound: set[str],
        use: str,
        later: set[str] | None = None,
    ) -> Iterator[Finding]:
        for token in tokens:
            name = alg.variable(token.text)
            if name in bound or name in self._source.inputs:
                continue
            yield self._finding(token.text, Span(token.start, token.end), bound, use, later or set())

    def _constructed(self, pattern: alg.TriplePattern, bound: set[str]) -> Iterator[Finding]:
        terms = (pattern.subject, pattern.predicate, pattern.object)
        known = bound | self._source.inputs
        for term, span in zip(terms, pattern.spans, strict=True):
            if isinstance(term, str) and term.startswith("?") and term not in known:
                # a blank node of the template is made anew for each solution
                if term.startswith(alg.BLANK):
                    continue
                yield self._finding(term, span, bound, "constructed", set())

    def _finding(self, text: str, span: Span, bound: set[str], use: str, later: set[str]) -> Finding:
        name = alg.variable(text)
        mend = None
        if name in later:
            why = "it is bound only further down"
            mend = "Move the BIND behind what binds it."
        elif name in self._anywhere:
            why = "what binds it is in another group, which does not show it here"
            if use == "filtered by":
                mend = f"Move the FILTER into the group that binds {text}."
        else:
            why = "nothing binds it"
            names = sorted(other for other in bound if not other.startswith(alg.BLANK))
            close = difflib.get_close_matches(name, names, n=1, cutoff=0.7)
            if close:
                why += f"; did you mean {close[0]}?"
                mend = f"Write {close[0]}."
        return self._source.finding(
            UNBOUND, Severity.VIOLATION, f"{text} is {use}, but {why}", span, mend=mend
        )


def _bound_anywhere(group: alg.Group) -> set[str]:
    """What any part of the query binds, wherever it is visible."""
    found: set[str] = set()
    for element in group.elements:
        found |= visible_in(element)
        for inner in groups_in(element):
            found |= _bound_anywhere(inner)
    return found


def _unnamed(grouping: Sequence[Token], keyed: set[str]) -> list[Token]:
    """The variables of GROUP BY without the names that it gives itself."""
    return [
        token
        for index, token in enumerate(grouping)
        if token.kind == "var"
        and not (index and grouping[index - 1].upper == "AS" and alg.variable(token.text) in keyed)
    ]
