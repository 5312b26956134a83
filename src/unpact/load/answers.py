"""Whether a store answers as the graph in memory does: a few stored queries are asked of both."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode

from unpact.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.graph.interface import Graph, Row
    from unpact.query.catalogue import Catalogue

#: Queries that between them use most of what the engines differ in: dates, groups, negation, paths, names.
ASKED = ("treaties/party-status", "bodies/memberships", "evidence/discrepancies", "programmes/programmes")


def refuse_other_answers(graph: Graph, memory: Graph, catalogue: Catalogue, *, where: str) -> None:
    """Ask the first example of each query of `ASKED` of both graphs.

    Args:
        graph: that was just loaded.
        memory: the same in memory.
        catalogue: the stored queries.
        where: the name of the store, for messages.

    Raises:
        StoreError: where the rows differ.
    """
    from unpact.query.run import run

    for name in ASKED:
        query = catalogue.find(name)
        given = query.examples[0] if query.examples else {}
        if _counted(run(graph, query, given).rows) != _counted(run(memory, query, given).rows):
            message = f"the store gives other answers to {query.name} than the files do"
            hint = "Compare them with: unpact query --store DIR or --endpoint URL."
            raise StoreError(message, where=where, hint=hint)


def _counted(rows: Iterable[Row]) -> Counter[tuple[str, ...]]:
    # blank nodes have other names in each store
    return Counter(tuple("_:" if isinstance(term, BlankNode) else str(term) for term in row) for row in rows)
