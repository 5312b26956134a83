"""From the rows of a query to the solutions behind them, and what is to be looked up for these.

One query finds the solutions for all rows; the ways of all property paths, the rows of sub-selects and the
matches of EXISTS are then looked up for all solutions together.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Generic, TypeVar

from pyoxigraph import BlankNode, Literal

from unpact.errors import UsageError
from unpact.query import algebra as alg
from unpact.query.terms import to_sparql
from unpact.why import plan
from unpact.why.asking import constants
from unpact.why.found import Behind, Found, Lookups, inside, shared
from unpact.why.grouping import recognise, same
from unpact.why.opening import MARK, OUTER_GRAPH, Given, Opened, open_group, open_query
from unpact.why.scope import narrowing
from unpact.why.ways import Pair, Ways

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from unpact.graph.interface import Term
    from unpact.why.asking import Asking

    Key = tuple[Term | None, ...]
    Values = Mapping[str, Term | None]

T = TypeVar("T")

#: How many rows one query is narrowed down to; of more, all solutions are read.
MOST_ROWS = 1000
_KEY = MARK + "key"


class Walk(ABC, Generic[T]):
    """Finds the solutions behind rows, and makes a `T` of those of each row.

    Args:
        asking: the graph, and the query that it was asked.
        every: follow all ways of a path instead of a shortest one.
    """

    def __init__(self, asking: Asking, *, every: bool = False) -> None:
        self.asking = asking
        self._every = every

    @abstractmethod
    def result(self, row: Key, behind: Behind, lookups: Lookups[T]) -> T:
        """What the solutions behind `row` come to."""

    def results(
        self,
        query: alg.Query,
        variables: Sequence[str],
        rows: Sequence[Key],
        graph: str | None = None,
        *,
        nested: bool = False,
    ) -> list[T]:
        """A `T` for each row of a query or a sub-select.

        Args:
            query: whose rows they are.
            variables: their columns, as ``?name``.
            rows: their values.
            graph: that GRAPH names around a sub-select: a constant, or `OUTER_GRAPH`, which is then a column.
            nested: the query is a sub-select, and its rows are known from outside only.
        """
        behind = self.behind(query, variables, rows, graph, nested=nested)
        lookups = self.look_up(behind)
        return [self.result(tuple(row), each, lookups) for row, each in zip(rows, behind, strict=True)]

    def behind(
        self,
        query: alg.Query,
        variables: Sequence[str],
        rows: Sequence[Key],
        graph: str | None = None,
        *,
        nested: bool = False,
    ) -> list[Behind]:
        """The solutions behind each row; arguments as in `results`."""
        known = recognise(self.asking, query, variables, rows, graph)
        wanted = list(dict.fromkeys(key for keys in known.keys for key in keys))
        size = len(wanted) if len(wanted) <= MOST_ROWS or query.limit is None else MOST_ROWS
        opened: Opened | None = None
        index: dict[Key, dict[Key, Found]] = {}
        for start in range(0, max(len(wanted), 1), max(size, 1)):
            some = wanted[start : start + size]
            narrow = narrowing(known.columns, some) if len(some) <= MOST_ROWS and some else None
            opened = open_query(known.query, narrow, graph)
            self.asking.read(constants(opened.nodes))
            if some:
                self._read(opened.body, known.columns, index, "LIMIT 1" if self._one_is_enough(query) else "")
        assert opened is not None  # noqa: S101 - the loop runs at least once
        return [
            Behind(
                known.query,
                tuple(variables),
                opened,
                known.columns,
                tuple((key, _matching(index, key, nested=nested)) for key in keys),
            )
            for keys in known.keys
        ]

    def _one_is_enough(self, query: alg.Query) -> bool:
        return query.form == "ASK" and not self._every

    def _read(
        self, body: str, columns: Sequence[str], index: dict[Key, dict[Key, Found]], behind: str = ""
    ) -> None:
        solutions = self.asking.select("*", body, behind)
        names = [f"?{name}" for name in solutions.variables]
        for solution in solutions:
            values = dict(zip(names, solution, strict=True))
            some = index.setdefault(tuple(values.get(column) for column in columns), {})
            before = some.get(solution)
            some[solution] = Found(values, 1 if before is None else before.times + 1)

    def look_up(self, behind: Iterable[Behind]) -> Lookups[T]:
        """Look up what is needed for the solutions behind some rows."""
        lookups: Lookups[T] = Lookups()
        for each in behind:
            for _, solutions in each.groups:
                for found in solutions:
                    self._collect(each.opened.nodes, found.values, lookups)
        self._resolve(lookups)
        return lookups

    def key(self, node: plan.SubSelect | plan.Test, values: Values) -> Key:
        """The values by which a solution asks for the row of a sub-select, or for the match of a test."""
        names = node.columns if isinstance(node, plan.SubSelect) else shared(node)
        graph = () if node.graph is None else (self.asking.term(node.graph, values),)
        return (*(values.get(name) for name in names), *graph)

    def pair(self, node: plan.Leaf, values: Values) -> Pair | None:
        """The ends of a property path; None where an end has no value."""
        start = self.asking.term(node.pattern.subject, values)
        end = self.asking.term(node.pattern.object, values)
        graph = None if node.graph is None else self.asking.term(node.graph, values)
        return None if start is None or end is None else Pair(start, end, graph)

    def _collect(self, nodes: Iterable[plan.Node], values: Values, lookups: Lookups[T]) -> None:
        for node in nodes:
            match node:
                case plan.Leaf():
                    path, pair = node.pattern.predicate, self.pair(node, values)
                    if not isinstance(path, str) and pair is not None:
                        lookups.paths[path][pair] = None
                case plan.SubSelect():
                    lookups.rows[node][self.key(node, values)] = None
                case plan.Test() if self.to_be_asked(node):
                    lookups.tests[node][self.key(node, values)] = None
                case _:
                    self._collect(inside(node, values), values, lookups)

    def to_be_asked(self, node: plan.Test) -> bool:
        """Whether a test may have matched something: NOT EXISTS and MINUS are known not to have."""
        return node.keyword == "EXISTS"

    def _resolve(self, lookups: Lookups[T]) -> None:
        ways = Ways(self.asking.distinct, self.asking.terms, every=self._every)
        for path, pairs in lookups.paths.items():
            pairs.update(ways.find(path, pairs))
        for node, keys in lookups.rows.items():
            # an engine may not say which graph a sub-select was evaluated in
            for told in (True, False):
                some = [key for key in keys if (key[-1:] != (None,) or node.graph is None) is told]
                if some:
                    keys.update(self._sub_rows(node, some, in_known_graph=told))
        for test, keys in lookups.tests.items():
            keys.update(self._matches(test, list(keys)))

    def _sub_rows(self, node: plan.SubSelect, keys: list[Key], *, in_known_graph: bool) -> dict[Key, T]:
        """A `T` for each row of a sub-select."""
        graph = _graph_around(node.graph)
        columns = node.columns
        if graph == OUTER_GRAPH and in_known_graph:
            columns = (*columns, OUTER_GRAPH)
        rows = [key[: len(columns)] for key in keys]
        found = self.results(node.query, columns, rows, graph, nested=True)
        return dict(zip(keys, found, strict=True))

    def _matches(self, node: plan.Test, keys: list[Key]) -> dict[Key, T]:
        """What the pattern of an EXISTS matches, for those of the values that it has a match for."""
        names = shared(node)
        graph = _graph_around(node.graph)
        columns = (*names, graph) if graph == OUTER_GRAPH and graph else names
        lines = [
            f"({at} {' '.join(_cell(value) for value in key[: len(columns)])})" for at, key in enumerate(keys)
        ]
        given = Given(frozenset(names), f"VALUES ({_KEY} {' '.join(columns)}) {{ {' '.join(lines)} }}")
        opened = open_group(node.group, given, graph)
        self.asking.read(constants(opened.nodes))
        index: dict[Key, dict[Key, Found]] = {}
        self._read(opened.body, (_KEY,), index)
        query = alg.Query("SELECT", (), None, (), node.group, None, (), (), ())
        behind: dict[Key, Behind] = {}
        for (place,), solutions in index.items():
            key = keys[int(place.value) if isinstance(place, Literal) else 0]
            known = {name: value for name, value in zip(columns, key, strict=False) if value is not None}
            # all other values stood in the query
            blank = {name: value for name, value in known.items() if isinstance(value, BlankNode)}
            fitting = tuple(
                Found({**found.values, **known}, found.times)
                for found in solutions.values()
                if all(found.values.get(name) in (None, value) for name, value in blank.items())
            )
            if fitting:
                behind[key] = Behind(query, (), opened, (), (((), fitting),))
        lookups = self.look_up(behind.values())
        return {key: self.result((), each, lookups) for key, each in behind.items()}


def _matching(index: Mapping[Key, Mapping[Key, Found]], key: Key, *, nested: bool) -> tuple[Found, ...]:
    if key in index:
        return tuple(index[key].values())
    return tuple(
        found for other, each in index.items() if same(other, key, nested=nested) for found in each.values()
    )


def _graph_around(graph: str | None) -> str | None:
    return OUTER_GRAPH if graph is not None and graph.startswith("?") else graph


def _cell(value: Term | None) -> str:
    if value is None or isinstance(value, BlankNode):
        return "UNDEF"
    try:
        return to_sparql(value)
    except UsageError:
        return "UNDEF"
