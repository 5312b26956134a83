"""Variables that nothing uses: values that are looked up or computed for nobody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from unpact.finding import Severity
from unpact.query import algebra as alg
from unpact.query.algebra import Span
from unpact.query.scope import expression_variables, values_header, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unpact.finding import Finding
    from unpact.query.lint.source import QueryText
    from unpact.query.tokens import Token

UNUSED = "query/unused-variable"


@dataclass(frozen=True, slots=True)
class _Mention:
    """One place where a variable stands.

    Args:
        name: ``?name``.
        role: node, property, graph, bind, values, column or use.
        span: where.
        optional: the OPTIONAL around it, as the offset of its keyword.
    """

    name: str
    role: str
    span: Span
    optional: int | None = None


def check_usage(source: QueryText, query: alg.Query) -> Iterator[Finding]:
    """Variables that occur once, are not selected, and are of no use where they stand.

    In EXISTS, MINUS and ASK, and where COUNT(*) counts solutions, a variable that occurs once does what it
    is there for: it says that there is a value. Elsewhere ``[]`` says so better.
    """
    yield from _query(source, query)


def _query(source: QueryText, query: alg.Query) -> Iterator[Finding]:
    mentions, inner = _mentions(query)
    for sub_query in inner:
        yield from _query(source, sub_query)
    if query.form == "ASK" or _counts_solutions(query):
        return
    by_name: dict[str, list[_Mention]] = {}
    for mention in mentions:
        by_name.setdefault(mention.name, []).append(mention)
    if query.form != "SELECT" or query.columns is not None:
        shown: set[str] = set()
    else:
        shown = visible(query.where)
    if query.form == "CONSTRUCT" and query.template is None:
        shown = visible(query.where)
    single = {
        name: found[0]
        for name, found in by_name.items()
        if len(found) == 1 and name not in shown | source.inputs and not name.startswith(alg.BLANK)
    }
    needed = _needed_optionals(mentions, single)
    for mention in single.values():
        finding = _judge(source, mention, needed)
        if finding is not None:
            yield finding


def _judge(source: QueryText, mention: _Mention, needed: set[int]) -> Finding | None:
    name = mention.name
    if (
        mention.role in ("node", "property")
        and mention.optional is not None
        and mention.optional not in needed
    ):
        message = f"{name} is looked up by an OPTIONAL of which nothing is used"
        mend = "Select or use it, or leave the OPTIONAL out."
        return source.finding(UNUSED, Severity.WARNING, message, mention.span, mend=mend)
    if mention.role == "node":
        message = f"{name} occurs once and only says that there is a value"
        return source.finding(UNUSED, Severity.INFO, message, mention.span, mend="Write [].")
    what = {
        "bind": f"{name} is computed, and nothing uses it",
        "values": f"{name} gets values, and nothing uses it",
        "column": f"the sub-select computes {name}, and nothing uses it",
    }.get(mention.role)
    if what is None:
        return None
    return source.finding(UNUSED, Severity.WARNING, what, mention.span, mend=f"Use {name}, or leave it out.")


def _needed_optionals(mentions: Sequence[_Mention], single: dict[str, _Mention]) -> set[int]:
    """The OPTIONALs that bind something which is used outside of them."""
    inside: dict[int, set[str]] = {}
    for mention in mentions:
        if mention.optional is not None:
            inside.setdefault(mention.optional, set()).add(mention.name)
    needed: set[int] = set()
    for optional, names in inside.items():
        before = {
            mention.name
            for mention in mentions
            if mention.optional != optional and mention.span.start < optional and mention.role != "use"
        }
        outside = {mention.name for mention in mentions if mention.optional != optional}
        if (names - before - set(single)) & outside:
            needed.add(optional)
    return needed


def _mentions(query: alg.Query) -> tuple[list[_Mention], list[alg.Query]]:
    """Every place of every variable of one query, and its sub-queries, whose own variables are not among
    them.
    """
    walk = _Walk()
    walk.group(query.where)
    tail: list[Token] = [*query.described, *query.grouping, *query.having, *query.order_by]
    for column in query.columns or ():
        tail += column.expression or ()
        walk.use([] if column.token is None else [column.token])
    walk.use(tail)
    walk.use(values_header(query.values))
    for pattern in query.template.patterns if query.template is not None else ():
        walk.found += [_Mention(name, "use", pattern.spans[0]) for name in pattern.variables()]
    return walk.found, walk.inner


class _Walk:
    """Collects mentions; what stands in EXISTS or MINUS is only ever a use."""

    def __init__(self) -> None:
        self.found: list[_Mention] = []
        self.inner: list[alg.Query] = []

    def use(self, tokens: Sequence[Token]) -> None:
        """Variables in expressions and among what is selected."""
        self.found += [
            _Mention(alg.variable(token.text), "use", Span(token.start, token.end))
            for token in tokens
            if token.kind == "var"
        ]

    def group(self, group: alg.Group) -> None:
        """Everything in a group."""
        for element in group.elements:
            self._element(element)

    def _element(self, element: alg.Element) -> None:
        match element:
            case alg.Triples(patterns):
                for pattern in patterns:
                    self._pattern(pattern)
            case alg.Nested():
                self._nested(element)
            case alg.Union(branches):
                for branch in branches:
                    self.group(branch)
            case alg.SubSelect(query):
                self._sub_select(query)
            case alg.Exists(group):
                self._aside(group)
            case alg.Opaque():
                self._opaque(element)

    def _opaque(self, element: alg.Opaque) -> None:
        match element:
            case alg.Values(tokens):
                self._add(values_header(tokens), "values")
            case alg.Bind(_, column, tests):
                self.use(list(expression_variables(column.expression or ())))
                if column.token is not None:
                    self._add([column.token], "bind")
                self._tests(tests)
            case alg.Filter(tokens, tests):
                self.use(list(expression_variables(tokens)))
                self._tests(tests)
            case alg.Minus(_, group) | alg.Service(_, group):
                self._aside(group)

    def _nested(self, element: alg.Nested) -> None:
        if element.keyword.startswith("GRAPH"):
            self._add([token for token in element.head if token.kind == "var"], "graph")
        start = len(self.found)
        self.group(element.group)
        if element.keyword in ("OPTIONAL", "LATERAL") and element.head:
            offset = element.head[0].start
            self.found[start:] = [
                mention if mention.optional is not None else replace(mention, optional=offset)
                for mention in self.found[start:]
            ]

    def _sub_select(self, query: alg.Query) -> None:
        self.inner.append(query)
        if query.columns is None:
            self.found += [_Mention(name, "use", Span(0, 0)) for name in sorted(visible(query.where))]
        for column in query.columns or ():
            if column.token is not None:
                self._add([column.token], "use" if column.expression is None else "column")

    def _tests(self, tests: Sequence[alg.Exists]) -> None:
        for test in tests:
            self._aside(test.group)

    def _aside(self, group: alg.Group) -> None:
        """What is in a group that binds nothing: each variable counts as used."""
        start = len(self.found)
        self.group(group)
        self.found[start:] = [replace(mention, role="use", optional=None) for mention in self.found[start:]]

    def _add(self, tokens: Sequence[Token], role: str) -> None:
        self.found += [
            _Mention(alg.variable(token.text), role, Span(token.start, token.end)) for token in tokens
        ]

    def _pattern(self, pattern: alg.TriplePattern) -> None:
        parts = zip((pattern.subject, pattern.predicate, pattern.object), pattern.spans, strict=True)
        for role, (term, span) in zip(("node", "property", "node"), parts, strict=True):
            if isinstance(term, str) and term.startswith("?"):
                self.found.append(_Mention(term, role, span))


def _counts_solutions(query: alg.Query) -> bool:
    """Whether COUNT(*) stands anywhere: then every variable multiplies what is counted."""
    tokens = query.tokens
    return any(
        first.upper == "COUNT" and third.text == "*" for first, third in zip(tokens, tokens[2:], strict=False)
    )
