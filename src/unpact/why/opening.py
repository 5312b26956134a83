"""A query opened up: the same WHERE clause with every variable shown, and markers that tell what matched.

Aggregation, DISTINCT and LIMIT are dropped; the rows they leave are found again by their values. Sub-selects,
EXISTS and MINUS stay as they are, since what they hide must stay hidden, and are explained by queries of
their own. Where only some rows are asked about, the query is narrowed down to these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unpact.query import algebra as alg
from unpact.query.scope import AGGREGATES, projected, visible, visible_in
from unpact.why import plan
from unpact.why.expressions import filter_node, test_nodes
from unpact.why.scope import (
    Narrowing,
    certain_in,
    expressions_of,
    header,
    narrowable,
    sub_select_narrowable,
    values_lines,
)
from unpact.why.wording import group_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.query.tokens import Token

#: How the variables begin that are added to a query.
MARK = "?why__"
#: The graph that a GRAPH outside of the opened pattern names.
OUTER_GRAPH = MARK + "graph"


@dataclass(frozen=True, slots=True)
class Given:
    """Values that a pattern is given from outside, as EXISTS is.

    Args:
        names: the variables that have values, as ``?name``.
        text: the VALUES block.
    """

    names: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The opened pattern.

    Args:
        body: it, as the inside of a group.
        nodes: what to look up for each solution.
        shown: its variables as ``?name``, without the markers.
    """

    body: str
    nodes: tuple[plan.Node, ...]
    shown: tuple[str, ...]


def open_query(query: alg.Query, narrow: Narrowing | None, graph: str | None = None) -> Opened:
    """Open up the pattern of a query.

    Args:
        query: a query or a sub-select.
        narrow: the rows that are asked for, if not all are.
        graph: the graph around a sub-select, `OUTER_GRAPH` or a constant.
    """
    opening = _Opening(None)
    body, nodes = opening.group(query.where, graph, narrow, restrict=True)
    seen = visible(query.where)
    for column in computed_columns(query):
        text = alg.text_of(column.expression or ())
        body += f" BIND({text} AS {column.variable})"
        nodes.append(plan.Bind(column.variable, column.expression or (), frozenset(seen), ()))
        seen.add(column.variable)
    if query.values:
        text, node = opening.values(query.values)
        body += f" {text}"
        nodes.append(node)
        seen |= set(node.names)
    if narrow is not None:
        body += "".join(f" {text}" for text in narrow.filters(seen - narrowable(query.where)))
    return Opened(in_graph(body, graph), tuple(nodes), tuple(sorted(seen)))


def open_group(group: alg.Group, given: Given, graph: str | None) -> Opened:
    """Open up the group of an EXISTS, for the values that it is given."""
    body, nodes = _Opening(given).group(group, graph, None)
    return Opened(
        f"{given.text} {in_graph(body, graph)}", tuple(nodes), tuple(sorted(visible(group) - given.names))
    )


def computed_columns(query: alg.Query) -> list[alg.Column]:
    """The columns of GROUP BY and SELECT that an expression gives for each solution by itself."""
    found: list[alg.Column] = []
    known = {column.variable for column in aggregated_columns(query)}
    for column in (*(query.group_by or ()), *(query.columns or ())):
        if column.expression is not None and column.variable not in known:
            known.add(column.variable)
            found.append(column)
    return found


def aggregated_columns(query: alg.Query) -> list[alg.Column]:
    """The columns that are computed from aggregates, directly or through another column."""
    found: list[alg.Column] = []
    names: set[str] = set()
    for column in query.columns or ():
        tokens = column.expression or ()
        if any(
            token.upper in AGGREGATES or (token.kind == "var" and alg.variable(token.text) in names)
            for token in tokens
        ):
            found.append(column)
            names.add(column.variable)
    return found


def in_graph(body: str, graph: str | None) -> str:
    """A pattern inside of GRAPH, if there is one."""
    return body if graph is None else f"GRAPH {graph} {{ {body} }}"


class _Opening:
    """Writes the opened pattern and plans what to look up."""

    def __init__(self, given: Given | None) -> None:
        self._given = given
        self._marks = 0

    def group(
        self,
        group: alg.Group,
        graph: str | None,
        narrow: Narrowing | None,
        *,
        left: frozenset[str] = frozenset(),
        restrict: bool = False,
    ) -> tuple[str, list[plan.Node]]:
        """The inside of a group; `left` is what its filters see beside it, as in OPTIONAL."""
        outer = left | (self._given.names if self._given else frozenset())
        everything = frozenset(visible(group) | outer)
        texts: list[str] = []
        nodes: list[plan.Node] = []
        if narrow is not None and restrict:
            texts.append(narrow.values(narrowable(group)))
        if self._given is not None and self._given.names & expressions_of(group) - visible(group):
            texts.append(self._given.text)
        before: set[str] = set()
        bound: set[str] = set()
        for element in group.elements:
            inner = None if narrow is None else self._narrowed(narrow, element, bound)
            text, found = self._element(element, graph, inner, frozenset(before | outer), everything)
            texts.append(text)
            nodes += found
            before |= visible_in(element)
            bound |= certain_in(element)
        return " ".join(text for text in texts if text), nodes

    def values(self, tokens: Sequence[Token]) -> tuple[str, plan.Values]:
        """A VALUES block with a marker for each line."""
        mark = self._mark()
        lines = values_lines(tokens)
        names = header(tokens)
        text = " ".join(f"({' '.join(line)} {number})" for number, line in enumerate(lines, 1))
        node = plan.Values(mark, tuple(names.split()), tuple(lines))
        return f"VALUES ({names} {mark}) {{ {text} }}", node

    @staticmethod
    def _narrowed(narrow: Narrowing, element: alg.Element, bound: set[str]) -> Narrowing | None:
        """What an element may be narrowed down to: it is joined with what stands before it."""
        if isinstance(element, alg.Nested) and element.keyword == "OPTIONAL":
            return narrow.only(bound)
        return narrow if isinstance(element, alg.Nested | alg.Union | alg.SubSelect) else None

    def _element(
        self,
        element: alg.Element,
        graph: str | None,
        narrow: Narrowing | None,
        before: frozenset[str],
        everything: frozenset[str],
    ) -> tuple[str, list[plan.Node]]:
        match element:
            case alg.Triples(patterns):
                text = " ".join(f"{pattern.text()} ." for pattern in patterns)
                return text, [plan.Leaf(pattern, graph) for pattern in patterns]
            case alg.Nested(keyword, inner):
                return self._nested(keyword, inner, graph, narrow, before)
            case alg.Union(branches):
                return self._union(branches, graph, narrow)
            case alg.Exists(inner):
                test = plan.Test("EXISTS", inner, everything, graph, alone=True, supports=True)
                return f"FILTER EXISTS {{ {group_text(inner)} }}", [test]
            case alg.SubSelect(query):
                return self._sub_select(query, graph, narrow)
            case alg.Opaque():
                return self._opaque(element, graph, before, everything)

    def _nested(
        self,
        keyword: str,
        group: alg.Group,
        graph: str | None,
        narrow: Narrowing | None,
        before: frozenset[str],
    ) -> tuple[str, list[plan.Node]]:
        if keyword == "OPTIONAL":
            mark = self._mark()
            text, inside = self.group(group, graph, narrow, left=before)
            node = plan.Optional(mark, tuple(inside), group, before, graph)
            return f"OPTIONAL {{ {text} BIND(true AS {mark}) }}", [node]
        if keyword == "LATERAL":
            text, inside = self.group(group, graph, None, left=before)
        elif keyword.startswith("GRAPH"):
            text, inside = self.group(group, keyword.partition(" ")[2], narrow)
        else:
            text, inside = self.group(group, graph, narrow)
        return f"{keyword} {{ {text} }}", inside

    def _union(
        self, branches: tuple[alg.Group, ...], graph: str | None, narrow: Narrowing | None
    ) -> tuple[str, list[plan.Node]]:
        mark = self._mark()
        texts: list[str] = []
        inside: list[tuple[plan.Node, ...]] = []
        for number, branch in enumerate(branches, 1):
            text, nodes = self.group(branch, graph, narrow, restrict=narrow is not None and narrow.few)
            texts.append(f"{{ {text} BIND({number} AS {mark}) }}")
            inside.append(tuple(nodes))
        return " UNION ".join(texts), [plan.Union(mark, tuple(inside))]

    def _sub_select(
        self, query: alg.Query, graph: str | None, narrow: Narrowing | None
    ) -> tuple[str, list[plan.Node]]:
        text = alg.text_of(query.tokens)
        if narrow is not None and narrow.few:
            given = narrow.values(sub_select_narrowable(query))
            opening = _opening_brace(query.tokens)
            head, body = query.tokens[: opening + 1], query.tokens[opening + 1 :]
            text = f"{alg.text_of(head)} {given} {alg.text_of(body)}" if given else text
        node = plan.SubSelect(query, _columns(query), graph)
        return f"{{ {text} }}", [node]

    def _opaque(
        self, element: alg.Opaque, graph: str | None, before: frozenset[str], everything: frozenset[str]
    ) -> tuple[str, list[plan.Node]]:
        text = alg.text_of(element.tokens)
        match element:
            case alg.Filter(tokens, tests):
                return text, [filter_node(tokens[1:], tests, graph, everything)]
            case alg.Bind(tokens, column, tests):
                inner = test_nodes(tokens, tests, graph, before)
                return text, [plan.Bind(column.variable, column.expression or (), before, inner)]
            case alg.Minus(_, group):
                seen = before & visible(group)
                return text, [plan.Test("MINUS", group, seen, graph, alone=True, supports=False)]
            case alg.Values(tokens):
                written, node = self.values(tokens)
                return written, [node]
            case alg.Service(tokens, group):
                head = alg.text_of(tokens[: _opening_brace(tokens)])
                return text, [plan.Service(head, group)]
            case _:
                return text, []

    def _mark(self) -> str:
        self._marks += 1
        return f"{MARK}{self._marks}"


def _columns(query: alg.Query) -> tuple[str, ...]:
    if query.columns is None:
        return tuple(sorted(projected(query)))
    return tuple(column.variable for column in query.columns)


def _opening_brace(tokens: Sequence[Token]) -> int:
    """The brace that opens the pattern: those in the columns stand in brackets."""
    depth = 0
    for at, token in enumerate(tokens):
        if token.text == "{" and depth == 0:
            return at
        depth += (token.text == "(") - (token.text == ")")
    raise AssertionError("a sub-select has a pattern")
