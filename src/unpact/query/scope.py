"""Which variables are visible where: section 18.2.1 of SPARQL 1.1 Query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.query import algebra as alg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unpact.query.tokens import Token

AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})


def visible(group: alg.Group) -> set[str]:
    """The variables, as ``?name``, that a solution of the group may bind."""
    return {name for element in group.elements for name in visible_in(element)}


def visible_in(element: alg.Element) -> set[str]:
    """The same for one element. FILTER, MINUS and EXISTS bind nothing."""
    found: set[str] = set()
    match element:
        case alg.Triples(patterns):
            found = {name for pattern in patterns for name in pattern.variables()}
        case alg.Nested(keyword, group):
            found = visible(group) | {part for part in keyword.split() if part.startswith("?")}
        case alg.Union(branches):
            found = {name for branch in branches for name in visible(branch)}
        case alg.SubSelect(query):
            found = projected(query)
        case alg.Bind():
            found = {element.column.variable}
        case alg.Values(tokens):
            found = set(values_names(tokens))
        case alg.Service(tokens, group):
            found = visible(group) | {
                alg.variable(token.text) for token in tokens[1:3] if token.kind == "var"
            }
    return found


def groups_in(element: alg.Element) -> tuple[alg.Group, ...]:
    """The groups that stand directly in an element, those of expressions included."""
    match element:
        case alg.Nested(_, group) | alg.Exists(group) | alg.Minus(_, group) | alg.Service(_, group):
            return (group,)
        case alg.Union(branches):
            return branches
        case alg.SubSelect(query):
            return (query.where,)
        case alg.Filter(_, tests) | alg.Bind(_, _, tests):
            return tuple(test.group for test in tests)
        case _:
            return ()


def queries_in(query: alg.Query) -> Iterator[alg.Query]:
    """The query, and all that stand inside of it."""
    yield query
    groups = [query.where]
    while groups:
        for element in groups.pop().elements:
            if isinstance(element, alg.SubSelect):
                yield from queries_in(element.query)
            else:
                groups += groups_in(element)


def projected(query: alg.Query) -> set[str]:
    """The variables that a query shows to the outside."""
    if query.columns is None:
        return visible(query.where) | set(values_names(query.values))
    return {column.variable for column in query.columns}


def values_header(tokens: Sequence[Token]) -> list[Token]:
    """The variables of a VALUES block, as they stand before its rows."""
    found: list[Token] = []
    for token in tokens:
        if token.text == "{":
            break
        if token.kind == "var":
            found.append(token)
    return found


def values_names(tokens: Sequence[Token]) -> list[str]:
    """Their names, as ``?name``."""
    return [alg.variable(token.text) for token in values_header(tokens)]


def expression_variables(tokens: Sequence[Token]) -> Iterator[Token]:
    """The variables of an expression, without those inside the braces of EXISTS."""
    depth = 0
    for token in tokens:
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0 and token.kind == "var":
            yield token


def outside_aggregates(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """An expression without the arguments of its aggregates."""
    kept: list[Token] = []
    open_at: list[int] = []
    depth = 0
    for index, token in enumerate(tokens):
        depth += (token.text == "(") - (token.text == ")")
        if token.text == "(" and index and tokens[index - 1].upper in AGGREGATES:
            open_at.append(depth)
        if not open_at:
            kept.append(token)
        elif token.text == ")" and depth == open_at[-1] - 1:
            open_at.pop()
    return tuple(kept)


def aggregates(query: alg.Query) -> bool:
    """Whether the rows of a query stand for groups of solutions."""
    expressions = [column.expression or () for column in query.columns or ()]
    tokens = [*(token for part in expressions for token in part), *query.having, *query.order_by]
    return query.group_by is not None or any(
        token.kind == "word" and token.upper in AGGREGATES for token in tokens
    )
