"""How the rows of a query are recognised among the solutions of its pattern, and groups by their keys."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode

from unpact.query import algebra as alg
from unpact.query.scope import aggregates
from unpact.why.opening import MARK, OUTER_GRAPH, in_graph
from unpact.why.scope import certain_rows, narrowable, narrowing
from unpact.why.wording import group_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unpact.graph.interface import Term
    from unpact.query.tokens import Token
    from unpact.why.asking import Asking

    Key = tuple[Term | None, ...]

#: What gives another value each time.
_VOLATILE = frozenset({"RAND", "UUID", "STRUUID", "NOW", "BNODE"})
#: What depends on the order of solutions.
_UNSTABLE = _VOLATILE | {"SAMPLE", "GROUP_CONCAT"}


@dataclass(frozen=True, slots=True)
class Recognition:
    """How to find the solutions behind rows.

    Args:
        query: with a name for each key of GROUP BY.
        columns: the variables (``?name``) by which solutions are told apart.
        keys: for each row, their values; several where a row stands for several groups.
    """

    query: alg.Query
    columns: tuple[str, ...]
    keys: list[list[Key]]


def recognise(
    asking: Asking,
    query: alg.Query,
    variables: Sequence[str],
    rows: Sequence[Sequence[Term | None]],
    graph: str | None = None,
) -> Recognition:
    """How to find the solutions behind `rows`; `variables` (``?name``) are their columns.

    Inside of GRAPH with a variable, `graph` is `OUTER_GRAPH`; where its value is known, it is a column.

    A group is known by its keys. Where the columns do not show them all, the query is asked once more with
    all keys shown.
    """
    if not aggregates(query):
        computed = _expressions(query)
        kept = _steady(variables, computed, _VOLATILE)
        columns = tuple(variables[at] for at in kept)
        return Recognition(query, columns, [[tuple(row[at] for at in kept)] for row in rows])
    query = _with_named_keys(query)
    outer = (OUTER_GRAPH,) if OUTER_GRAPH in variables else ()
    names = tuple(dict.fromkeys((*(column.variable for column in query.group_by or ()), *outer)))
    plain = {column.variable for column in query.columns or () if column.expression is None} | set(outer)
    places = {name: at for at, name in enumerate(variables)}
    if all(name in places and name in plain for name in names):
        return Recognition(query, names, [[tuple(row[places[name]] for name in names)] for row in rows])
    return Recognition(query, names, _shown_keys(asking, query, names, variables, rows, graph))


def same(one: Sequence[Term | None], other: Sequence[Term | None], *, nested: bool) -> bool:
    """Whether two rows may be the same, where none is equal.

    A remote store names blank nodes anew in each answer. A column that a sub-select leaves unbound may be
    bound outside of it (`nested`).
    """
    return all(
        left == right
        or (nested and left is None)
        or (isinstance(left, BlankNode) and isinstance(right, BlankNode))
        for left, right in zip(one, other, strict=True)
    )


def _shown_keys(
    asking: Asking,
    query: alg.Query,
    names: tuple[str, ...],
    variables: Sequence[str],
    rows: Sequence[Sequence[Term | None]],
    graph: str | None,
) -> list[list[Key]]:
    """The keys of the groups that give each row."""
    computed = _expressions(query)
    steady = _steady(variables, computed, _VOLATILE)
    stable = _steady(variables, computed, _UNSTABLE)
    shown = [f"({alg.text_of(tokens)} AS {name})" if tokens else name for name, tokens in computed.items()]
    shown += [name for name in names if name not in computed]
    given = narrowing(variables, rows).values(certain_rows(query) & narrowable(query.where))
    body = in_graph(f"{given} {group_text(query.where)} {alg.text_of(query.values)}", graph)
    # where nothing is named, everything is one group
    keys = [_key_text(column) for column in query.group_by or ()] + names_of_graph(names)
    behind = f"GROUP BY {' '.join(keys)}" if keys else ""
    having = f"HAVING {alg.text_of(query.having)}" if query.having else ""
    answer = asking.select(" ".join(shown), body, f"{behind} {having}")
    places = {f"?{name}": at for at, name in enumerate(answer.variables)}
    exact: dict[Key, list[Key]] = defaultdict(list)
    nearly: dict[Key, list[Key]] = defaultdict(list)
    for solution in answer:
        key = tuple(solution[places[name]] for name in names)
        exact[tuple(solution[places[variables[at]]] for at in steady)].append(key)
        nearly[tuple(solution[places[variables[at]]] for at in stable)].append(key)
    found: list[list[Key]] = []
    for row in rows:
        like = tuple(row[at] for at in stable)
        found.append(
            exact.get(tuple(row[at] for at in steady))
            or nearly.get(like)
            or [key for other in nearly if same(other, like, nested=True) for key in nearly[other]]
        )
    return found


def _steady(
    variables: Sequence[str], computed: Mapping[str, Sequence[Token]], unsteady: frozenset[str]
) -> list[int]:
    """The places of the columns whose expressions have none of the functions `unsteady`."""
    return [at for at, name in enumerate(variables) if not _speaks_of(computed.get(name, ()), unsteady)]


def names_of_graph(names: Sequence[str]) -> list[str]:
    """The graph around the query, if it is one of the keys."""
    return [name for name in names if name == OUTER_GRAPH]


def _expressions(query: alg.Query) -> dict[str, tuple[Token, ...]]:
    return {column.variable: column.expression or () for column in query.columns or ()}


def _speaks_of(tokens: Sequence[Token], words: frozenset[str]) -> bool:
    return any(token.kind == "word" and token.upper in words for token in tokens)


def _key_text(column: alg.Column) -> str:
    if column.expression is None:
        return column.variable
    return f"({alg.text_of(column.expression)} AS {column.variable})"


def _with_named_keys(query: alg.Query) -> alg.Query:
    """The query with a name for each key that has none."""
    known = {column.expression for column in query.group_by or () if column.expression is not None}
    extra = [
        alg.Column(f"{MARK}key{number}", tokens)
        for number, tokens in enumerate(_conditions(query.grouping), 1)
        if tokens not in known and not (len(tokens) == 1 and tokens[0].kind == "var")
    ]
    return replace(query, group_by=(*(query.group_by or ()), *extra)) if extra else query


def _conditions(tokens: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """The expressions of GROUP BY, without their names."""
    start = depth = 0
    for at, token in enumerate(tokens):
        depth += (token.text == "(") - (token.text == ")")
        following = tokens[at + 1].text if at + 1 < len(tokens) else ""
        # a function and its arguments are one condition
        if depth or (following == "(" and token.kind != "var" and token.text != ")"):
            continue
        condition = tuple(tokens[start : at + 1])
        start = at + 1
        if condition[0].text == "(":
            condition = condition[1:-1]
            if condition[-2:-1] and condition[-2].upper == "AS":
                condition = condition[:-2]
        yield condition
