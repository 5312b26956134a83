"""A query opened up: the same WHERE clause with every variable shown, so that each row's triples can be
named.

Aggregation, DISTINCT and LIMIT are dropped; the rows they leave are found again by the columns that are not
aggregated. A sub-query stays as it is, since outer filters may need what it counts, and its own pattern is
joined beside it under fresh names. What is inside MINUS and NOT EXISTS gives no evidence.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unpact.query import algebra as alg
from unpact.query.parse import parse_query

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unpact.query.tokens import Token

_AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})


@dataclass(frozen=True, slots=True)
class Leaf:
    """A triple pattern of the opened query; `certain` when no row can come about without it."""

    pattern: alg.TriplePattern
    certain: bool


@dataclass(frozen=True, slots=True)
class Expansion:
    """The opened query.

    Args:
        text: a ``SELECT *`` over the same pattern.
        prologue: its PREFIX lines, for further queries with the same names.
        leaves: the patterns whose instances stand behind a row.
        columns: the columns of the original by which its rows are recognised; None when the original names
            none.
    """

    text: str
    prologue: str
    leaves: tuple[Leaf, ...]
    columns: tuple[str, ...] | None


def expand(text: str) -> Expansion:
    """Open up a SELECT or ASK query. Raises ShapeError for text that is not SPARQL 1.1."""
    query = parse_query(text)
    opened = _Opened(text)
    body = opened.body(query, {}, certain=True)
    prologue = alg.text_of(query.prologue)
    dataset = alg.text_of(query.dataset)
    columns: tuple[str, ...] | None = None
    if query.form == "ASK":
        columns = ()
    elif query.columns is not None:
        computed = {column.variable for column in _aggregated(query)}
        columns = tuple(column.variable[1:] for column in query.columns if column.variable not in computed)
    return Expansion(
        f"{prologue} SELECT * {dataset} WHERE {{ {body} }}", prologue, tuple(opened.leaves), columns
    )


class _Opened:
    """Writes the opened query and collects its leaves."""

    def __init__(self, text: str) -> None:
        self.leaves: list[Leaf] = []
        self._text = text
        self._fresh = 0

    def body(self, query: alg.Query, names: Mapping[str, str], *, certain: bool) -> str:
        """The pattern of a query with its computed columns as BIND, in terms of the new names."""
        parts = [self._group(query.where, names, certain=certain)]
        dropped = {column.variable for column in _aggregated(query)}
        for column in (*(query.group_by or ()), *(query.columns or ())):
            if column.expression is not None and column.variable not in dropped:
                dropped.add(column.variable)
                target = names.get(column.variable, column.variable)
                parts.append(f"BIND({alg.text_of(column.expression, names)} AS {target})")
        if query.values:
            parts.append(alg.text_of(query.values, names))
        return " ".join(parts)

    def _group(self, group: alg.Group, names: Mapping[str, str], *, certain: bool) -> str:
        parts: list[str] = []
        late: list[str] = []
        mentioned = Counter(name for element in group.elements for name in set(alg.variables(element)))
        for element in group.elements:
            match element:
                case alg.Triples(patterns):
                    parts += [self._leaf(pattern.renamed(names), certain=certain) for pattern in patterns]
                case alg.Nested(keyword, inner):
                    sure = certain and keyword not in ("OPTIONAL", "LATERAL")
                    head = " ".join(names.get(word, word) for word in keyword.split())
                    parts.append(f"{head} {{ {self._group(inner, names, certain=sure)} }}")
                case alg.Union(branches):
                    inside = (self._group(branch, names, certain=False) for branch in branches)
                    parts.append(" UNION ".join(f"{{ {branch} }}" for branch in inside))
                case alg.Opaque(tokens):
                    parts.append(alg.text_of(tokens, names))
                case alg.SubSelect(query):
                    parts.append(f"{{ {alg.text_of(query.tokens, names)} }}")
                    parts.append(f"{{ {self._sub_select(query, names, certain=certain)} }}")
                case alg.Exists(inner):
                    parts.append(self._exists_text(inner, names))
                    own = {name for name in set(alg.variables(inner)) if mentioned[name] == 1}
                    late.append(
                        f"OPTIONAL {{ {self._group(inner, self._renamed(own, names), certain=False)} }}"
                    )
        return " ".join(parts + late)

    def _sub_select(self, query: alg.Query, names: Mapping[str, str], *, certain: bool) -> str:
        if query.columns is None:
            return self.body(query, names, certain=certain)
        shown = {column.variable for column in query.columns}
        hidden = set(alg.variables(query.where)) | {column.variable for column in query.group_by or ()}
        return self.body(query, self._renamed(hidden - shown, names), certain=certain)

    def _exists_text(self, group: alg.Group, names: Mapping[str, str]) -> str:
        """FILTER EXISTS as it was; its leaves are collected from the OPTIONAL copy instead."""
        kept = len(self.leaves)
        text = f"FILTER EXISTS {{ {self._group(group, names, certain=False)} }}"
        del self.leaves[kept:]
        return text

    def _renamed(self, variables: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
        self._fresh += 1
        return {**names, **{name: f"{name}__{self._fresh}" for name in sorted(variables)}}

    def _leaf(self, pattern: alg.TriplePattern, *, certain: bool) -> str:
        self.leaves.append(Leaf(pattern, certain))
        return f"{pattern.text()} ."


def _aggregated(query: alg.Query) -> list[alg.Column]:
    """The columns that are computed from aggregates, directly or through another column."""
    found: list[alg.Column] = []
    names: set[str] = set()
    for column in query.columns or ():
        tokens = column.expression or ()
        if any(token.upper in _AGGREGATES or _mentions(token, names) for token in tokens):
            found.append(column)
            names.add(column.variable)
    return found


def _mentions(token: Token, names: set[str]) -> bool:
    return token.kind == "var" and alg.variable(token.text) in names
