"""An rdflib graph that reads each SPARQL text once.

A SPARQL constraint of SHACL is asked for every focus node with other bindings; reading its text each time
takes longer than all other work together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rdflib
from rdflib.plugins.sparql import prepareQuery

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.plugins.sparql.sparql import Query
    from rdflib.query import Processor, Result
    from rdflib.term import Identifier


class PreparedGraph(rdflib.Graph):
    """The triples of another graph, with prepared queries.

    Args:
        graph: its triples are shared, not copied.
    """

    def __init__(self, graph: rdflib.Graph) -> None:
        super().__init__(store=graph.store, identifier=graph.identifier)
        self._queries: dict[tuple[str, frozenset[tuple[str, Any]]], Query] = {}

    def query(
        self,
        query_object: str | Query,
        processor: str | Processor = "sparql",
        result: str | type[Result] = "sparql",
        initNs: Mapping[str, Any] | None = None,  # noqa: N803 - rdflib's name for it
        initBindings: Mapping[str, Identifier] | None = None,  # noqa: N803 - the same
        use_store_provided: bool = True,  # noqa: FBT001, FBT002 - the same
        **kwargs: Any,  # noqa: ANN401 - rdflib hands them to its processor
    ) -> Result:
        """As in rdflib; a text is read only when it is new."""
        if isinstance(query_object, str):
            namespaces = dict(self.namespaces()) if initNs is None else dict(initNs)
            key = (query_object, frozenset(namespaces.items()))
            if key not in self._queries:
                self._queries[key] = prepareQuery(query_object, initNs=namespaces)
            query_object = self._queries[key]
        return super().query(
            query_object, processor, result, initNs, initBindings, use_store_provided, **kwargs
        )
