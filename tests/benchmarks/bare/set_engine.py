"""Validates N-Triples with our own SHACL engine in one process, and writes the report as N-Triples.

Run it with ``set_engine.py SHAPES DATA``. How many results there are, their digest and where the time went
go to the standard error, as one line of JSON.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Store, Triple, parse, serialize

from unpact.graph.interface import Solutions
from unpact.graph.memory import MemoryGraph
from unpact.names import RDF, SH
from unpact.shacl.engine import Data, validate_graph
from unpact.shacl.shapes import ShapesGraph

TYPE = NamedNode(RDF + "type")
REPORT, RESULT = NamedNode(SH + "ValidationReport"), NamedNode(SH + "result")
FIELDS = ("focusNode", "resultPath", "value", "sourceShape", "sourceConstraintComponent")


class TimedGraph(MemoryGraph):
    """A graph that knows how long it has been asked."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.spent = 0.0

    def query(self, text: str) -> object:
        """The answer of a query, with all its rows read."""
        begin = time.perf_counter()
        answer = super().query(text)
        if isinstance(answer, Solutions):
            # the rows come one by one, so that the time of a query is over only with its last
            answer = Solutions(answer.variables, list(answer))
        self.spent += time.perf_counter() - begin
        return answer


def main() -> None:
    """Validate, report and measure."""
    shapes_file, data_file = sys.argv[1:]
    begin = time.perf_counter()
    store = Store()
    store.bulk_load(path=data_file, format=RdfFormat.N_TRIPLES)
    loaded = time.perf_counter()
    shapes = ShapesGraph(quad.triple for quad in parse(path=shapes_file, format=RdfFormat.TURTLE))
    graph = TimedGraph(store)
    data = Data(graph, lambda: (quad.triple for quad in store), flat=True)
    results = validate_graph(data, shapes).results
    validated = time.perf_counter()
    lines = []
    head = BlankNode()
    report = [Triple(head, TYPE, REPORT)]
    for each in results:
        terms = (each.focus, each.path, each.value, each.shape.node, each.component)
        node = BlankNode()
        report.append(Triple(head, RESULT, node))
        report += [
            Triple(node, NamedNode(SH + field), term)
            for field, term in zip(FIELDS, terms, strict=True)
            if term is not None
        ]
        lines.append(" ".join("_:" if isinstance(term, BlankNode) else str(term) for term in terms))
    serialize(report, sys.stdout.buffer, format=RdfFormat.N_TRIPLES)
    measured = {
        "results": len(results),
        "digest": hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:16],
        "load": loaded - begin,
        # all that is not a query: shapes read, queries written, rows turned into results
        "compile": validated - loaded - graph.spent,
        "ask": graph.spent,
    }
    sys.stderr.write(json.dumps(measured) + "\n")


main()
