"""The triples alone that stand behind rows, for those who need no explanation: all ways of all paths, and no
more queries than that takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.query.parse import parse_query
from unpact.why import plan
from unpact.why.asking import Asking
from unpact.why.found import inside
from unpact.why.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unpact.graph.interface import Graph, Term
    from unpact.why.found import Behind, Key, Lookups, Values
    from unpact.why.triples import Fact

    Facts = tuple[Fact, ...]


def facts_of_rows(
    graph: Graph, text: str, variables: Sequence[str], rows: Sequence[Sequence[Term | None]]
) -> list[Facts]:
    """The triples behind each of `rows`, the answer to a SELECT or ASK query.

    Args:
        graph: what was asked.
        text: the query, with its parameters filled in.
        variables: the columns, without ``?``.
        rows: their values.

    Returns:
        For each row its triples, each once.

    Raises:
        ShapeError: for a query that cannot be taken apart.
    """
    query = parse_query(text)
    walk = Supporting(Asking(graph, query), every=True)
    if query.form == "ASK":
        return walk.results(query, (), [() for _ in rows])
    names = [f"?{name}" for name in variables]
    distinct = list(dict.fromkeys(tuple(row) for row in rows))
    found = dict(zip(distinct, walk.results(query, names, distinct), strict=True))
    return [found[tuple(row)] for row in rows]


class Supporting(Walk["Facts"]):
    """Collects triples."""

    def result(self, row: Key, behind: Behind, lookups: Lookups[Facts]) -> Facts:
        """The triples of the solutions behind `row`."""
        del row
        found: dict[Fact, None] = {}
        for _, solutions in behind.groups:
            for each in solutions:
                found.update(dict.fromkeys(self._facts(behind.opened.nodes, each.values, lookups)))
        return tuple(found)

    def to_be_asked(self, node: plan.Test) -> bool:
        """Whether the row rests on what the test matched, if it did."""
        return node.supports

    def _facts(self, nodes: Iterable[plan.Node], values: Values, lookups: Lookups[Facts]) -> Iterator[Fact]:
        for node in nodes:
            match node:
                case plan.Leaf():
                    yield from self._leaf(node, values, lookups)
                case plan.SubSelect():
                    yield from lookups.rows[node][self.key(node, values)] or ()
                case plan.Test():
                    yield from lookups.tests[node].get(self.key(node, values)) or ()
                case _:
                    yield from self._facts(inside(node, values), values, lookups)

    def _leaf(self, node: plan.Leaf, values: Values, lookups: Lookups[Facts]) -> Iterator[Fact]:
        pair = self.pair(node, values)
        if pair is None:
            return
        path = node.pattern.predicate
        if not isinstance(path, str):
            yield from (step.fact for step in lookups.paths[path][pair] or ())
        elif (predicate := self.asking.term(path, values)) is not None:
            yield pair.start, predicate, pair.end
