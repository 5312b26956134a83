"""A copy in memory of a graph that lies elsewhere, for what needs all of it at hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, Store

from unpact.errors import UsageError
from unpact.graph.memory import MemoryGraph

if TYPE_CHECKING:
    from unpact.graph.interface import Graph, Row

#: The triples that are copied at most; about a gigabyte of memory.
MOST_TRIPLES = 2_000_000


def copied(graph: Graph, *, name: str, most: int = MOST_TRIPLES) -> MemoryGraph:
    """The named graphs of a store or a service, fetched by one query, so that blank nodes keep apart.

    Args:
        graph: to copy.
        name: of it, for messages.
        most: triples that are fetched.

    Raises:
        UsageError: where there are too many.
        StoreError: when the store does not give them all.
    """
    store = Store()
    quads = []
    for row in graph.select(Path(__file__).with_name("quads.rq").read_text(encoding="utf-8")):
        quads.append(_quad(row))
        if len(quads) > most:
            raise UsageError(
                f"this needs a copy in memory, and there are more than the {most:,} triples that are copied",
                where=name,
                hint="Ask files instead, with --data.",
            )
    store.bulk_extend(quads)
    return MemoryGraph(store)


def _quad(row: Row) -> Quad:
    graph, subject, predicate, value = row
    return Quad(subject, predicate, value, graph if isinstance(graph, NamedNode) else None)  # type: ignore[arg-type]
