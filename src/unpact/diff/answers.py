"""How the answers of stored queries change from one graph to another."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode

from unpact.errors import UnpactError
from unpact.query.resolve import Resolver
from unpact.query.run import run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unpact.graph.interface import Row, Term
    from unpact.graph.memory import MemoryGraph
    from unpact.query.stored import ParameterValue, StoredQuery

Cells = tuple["Term | None", ...]

# a row is another one changed when at least this part of their cells is the same
_ALIKE = 0.5


class Reply(NamedTuple):
    """What a graph answers to an example of a query: its rows, or why there are none."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """How the answer to one example of a stored query changed.

    Args:
        query: `topic/name`.
        title: of the query.
        example: the values of its parameters.
        columns: of the rows.
        removed: rows that the old graph alone gives, in its order.
        added: rows that the new graph alone gives, in its order.
        changed: rows that are mostly the same, the old one first.
        failures: why the query could not be asked of the old, or the new, graph.
    """

    query: str
    title: str
    example: Mapping[str, ParameterValue]
    columns: tuple[str, ...]
    removed: tuple[Cells, ...] = ()
    added: tuple[Cells, ...] = ()
    changed: tuple[tuple[Cells, Cells], ...] = ()
    failures: tuple[str | None, str | None] = (None, None)


def answer_changes(
    queries: Iterable[StoredQuery], old: Mapping[str, Sequence[Reply]], new: Mapping[str, Sequence[Reply]]
) -> Iterator[AnswerChange]:
    """The examples whose answers differ, in the order of the queries.

    Args:
        queries: that were asked.
        old: what the old graph answers to the examples of each query, by `topic/name`.
        new: what the new graph answers.
    """
    for query in queries:
        name = key_of(query)
        for example, before, after in zip(query.examples, old[name], new[name], strict=True):
            found = _compared(before, after)
            if found.removed or found.added or found.changed or before.failure != after.failure:
                yield AnswerChange(
                    name,
                    query.title,
                    example,
                    after.columns or before.columns,
                    found.removed,
                    found.added,
                    found.changed,
                    (before.failure, after.failure),
                )


def replies(graph: MemoryGraph, queries: Iterable[StoredQuery]) -> dict[str, list[Reply]]:
    """What a graph answers to each example of each query, by `topic/name`.

    An example can name a thing that a graph does not know; that is its answer.
    """
    resolver = Resolver(graph)
    return {
        key_of(query): [_reply(graph, query, example, resolver) for example in query.examples]
        for query in queries
    }


def key_of(query: StoredQuery) -> str:
    """The name of a query that no other has."""
    return f"{query.topic}/{query.name}"


def _reply(
    graph: MemoryGraph, query: StoredQuery, example: Mapping[str, ParameterValue], resolver: Resolver
) -> Reply:
    try:
        result = run(graph, query, example, resolver=resolver)
    except UnpactError as error:
        return Reply((), (), str(error))
    return Reply(result.variables, tuple(tuple(map(_alike_if_blank, row)) for row in result.rows))


def _alike_if_blank(term: Term | None) -> Term | None:
    """A term, where the names of blank nodes do not count."""
    return BlankNode("node") if isinstance(term, BlankNode) else term


class _Compared(NamedTuple):
    removed: tuple[Cells, ...]
    added: tuple[Cells, ...]
    changed: tuple[tuple[Cells, Cells], ...]


def _compared(before: Reply, after: Reply) -> _Compared:
    gone = _without(before.rows, after.rows)
    come = _without(after.rows, before.rows)
    changed = []
    left = []
    for row in gone:
        # a row keeps its first cell, which is what it is about
        alike = [(_likeness(row, each), -place) for place, each in enumerate(come) if row[:1] == each[:1]]
        best, place = max(alike, default=(0.0, 0))
        if best >= _ALIKE:
            changed.append((row, come.pop(-place)))
        else:
            left.append(row)
    return _Compared(tuple(left), tuple(come), tuple(changed))


def _without(rows: Sequence[Row], others: Sequence[Row]) -> list[Row]:
    """The rows that are not among the others, in order; of equal ones as many as are missing there."""
    missing = Counter(rows) - Counter(others)
    found = []
    for row in rows:
        if missing[row]:
            missing[row] -= 1
            found.append(row)
    return found


def _likeness(row: Row, other: Row) -> float:
    if not row or len(row) != len(other):
        return 0.0
    return sum(one == two for one, two in zip(row, other, strict=True)) / len(row)
