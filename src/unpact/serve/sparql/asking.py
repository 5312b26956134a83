"""What a query may ask here: the graphs that its request names, and no other server."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.errors import NetworkRefused, UsageError
from unpact.graph.memory import MemoryGraph
from unpact.graph.stored import StoredGraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.graph.interface import Graph
    from unpact.serve.sparql.request import QueryRequest


def graph_for(graph: Graph, request: QueryRequest) -> Graph:
    """The graph with the dataset that a request names (SPARQL 1.1 Protocol, section 2.1.4); as it is where it
    names none.

    Raises:
        UsageError: for a graph that there is not, and for any where another service holds the graph.
    """
    wanted = (*request.default_graphs, *request.named_graphs)
    if not wanted:
        return graph
    known = graph.named_graphs()
    for name in wanted:
        if name not in known:
            raise UsageError(f"there is no graph <{name}>", hint="The service description lists all of them.")
    if not isinstance(graph, MemoryGraph | StoredGraph):
        raise UsageError("here the dataset has to be named by the query", hint="Write FROM and FROM NAMED.")
    default = [NamedNode(name) for name in request.default_graphs]
    named = [NamedNode(name) for name in request.named_graphs]
    return MemoryGraph(graph.store, ([*default], [*named]))


@contextmanager
def no_other_server() -> Iterator[None]:
    """Refuse SERVICE and remote FROM without the hint for those who may allow it."""
    try:
        yield
    except NetworkRefused as error:
        raise NetworkRefused(error.message, hint="This server asks no other one.") from None
