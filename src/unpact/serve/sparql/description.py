"""What the endpoint says of itself to programs (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from unpact.describe.statistics import graph_sizes
from unpact.names import PREFIXES as OURS
from unpact.names import RDF, VOID, XSD

if TYPE_CHECKING:
    from unpact.graph.interface import Graph

SD = "http://www.w3.org/ns/sparql-service-description#"
#: That its Turtle is written with.
PREFIXES = {**OURS, "sd": SD, "formats": "http://www.w3.org/ns/formats/", "void": VOID}
_TEMPLATE = Path(__file__).with_name("service.ttl")
_INTEGER = NamedNode(XSD + "integer")


def describe_service(graph: Graph, endpoint: str) -> list[Triple]:
    """The description of a service.

    Args:
        graph: that it answers from.
        endpoint: its address.
    """
    fixed = parse(path=str(_TEMPLATE), format=RdfFormat.TURTLE, base_iri=endpoint)
    found = [quad.triple for quad in fixed]
    # nodes with names, so that every worker gives the same bytes
    dataset = NamedNode(f"{endpoint}#dataset")
    for number, (name, triples) in enumerate(sorted(graph_sizes(graph).items()), 1):
        named, content = NamedNode(f"{endpoint}#named{number}"), NamedNode(f"{endpoint}#graph{number}")
        found += (
            Triple(dataset, NamedNode(SD + "namedGraph"), named),
            Triple(named, NamedNode(RDF + "type"), NamedNode(SD + "NamedGraph")),
            Triple(named, NamedNode(SD + "name"), NamedNode(name)),
            Triple(named, NamedNode(SD + "graph"), content),
            Triple(content, NamedNode(RDF + "type"), NamedNode(SD + "Graph")),
            Triple(content, NamedNode(VOID + "triples"), Literal(str(triples), datatype=_INTEGER)),
        )
    return found
