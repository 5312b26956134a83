"""A copy in memory of a graph that lies elsewhere, and how what follows in it was reached."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, Store

from unpact.corpus.files import content_hash
from unpact.errors import TooManyTriplesError
from unpact.graph import cache as disk
from unpact.graph.memory import MemoryGraph
from unpact.graph.view import completed, key_of
from unpact.names import INFERRED_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from unpact.corpus import CorpusFile
    from unpact.graph.derivations import Derivations, Ways
    from unpact.graph.interface import Graph, Row

_INFERRED = NamedNode(INFERRED_GRAPH)

#: The triples that are copied at most; about a gigabyte of memory.
MOST_TRIPLES = 2_000_000


def copied(graph: Graph, *, name: str) -> MemoryGraph:
    """The named graphs of a store or a service, fetched by one query, so that blank nodes keep apart.

    Args:
        graph: to copy.
        name: of it, for messages.

    Raises:
        TooManyTriplesError: where there are more than `MOST_TRIPLES`.
        StoreError: when the store does not give them all.
    """
    from unpact.describe.statistics import graph_sizes

    triples = sum(graph_sizes(graph).values())
    if triples > MOST_TRIPLES:
        raise TooManyTriplesError(
            f"this needs a copy in memory, and {triples:,} triples are more than the {MOST_TRIPLES:,} "
            "that are copied",
            triples=triples,
            where=name,
            hint="Ask files instead, with --data.",
        )
    store = Store()
    text = Path(__file__).with_name("quads.rq").read_text(encoding="utf-8")
    store.bulk_extend(_quad(row) for row in graph.select(text))
    return MemoryGraph(store)


def _quad(row: Row) -> Quad:
    graph, subject, predicate, value = row
    return Quad(subject, predicate, value, graph if isinstance(graph, NamedNode) else None)  # type: ignore[arg-type]


def derivations_of(
    graph: MemoryGraph, rules: Sequence[CorpusFile], ways: Callable[[MemoryGraph, str], Ways]
) -> Derivations:
    """How what follows in a graph is reached from what is asserted in it, whatever files it came from.

    Kept on disk under a hash over the graph.

    Args:
        graph: it is left as it is.
        rules: of the corpus.
        ways: as for `build_explained`.
    """
    from unpact.graph.closure import infer
    from unpact.graph.derivations import Derivations

    rules = [file.snapshot() for file in rules]
    asserted = sorted((quad for quad in graph.store if quad.graph_name != _INFERRED), key=str)
    key = key_of("\n".join(map(str, asserted)), content_hash(rules))
    steps = disk.load(key, disk.DERIVATIONS)
    if steps is not None:
        return Derivations.read(disk.body(steps))
    other = MemoryGraph()
    other.store.extend(asserted)
    inference = infer(other, rules, [quad.triple for quad in asserted])
    found = completed(other, inference, rules, ways)
    disk.save(key, found.dumped(), disk.DERIVATIONS)
    return found
