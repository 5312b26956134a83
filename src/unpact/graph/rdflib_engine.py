"""The same graph in rdflib: for programs that want an rdflib graph, and as a second opinion on answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import rdflib
from pyparsing import ParseBaseException

from unpact.errors import QuerySyntaxError
from unpact.graph.interface import ByForm, Solutions, Triples
from unpact.graph.memory import evaluate
from unpact.names import PREFIXES, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.graph import _ContextType
    from rdflib.namespace import NamespaceManager
    from rdflib.query import Result
    from rdflib.term import Node

    from unpact.graph.interface import Row, Term
    from unpact.graph.memory import MemoryGraph

_STRING = rdflib.URIRef(XSD + "string")


class RdflibGraph(ByForm):
    """A `Graph` over an `rdflib.Dataset` whose default graph is the union of its named graphs.

    Args:
        dataset: what to query; it is not copied, and must have been made with `default_union=True`.
    """

    def __init__(self, dataset: rdflib.Dataset) -> None:
        self.dataset = dataset

    def __len__(self) -> int:
        return sum(len(graph) for graph in self.dataset.graphs())

    @classmethod
    def copy_of(cls, graph: MemoryGraph) -> RdflibGraph:
        """The quads of an embedded graph, every literal as it is written there."""
        dataset = rdflib.Dataset(default_union=True)
        bind_prefixes(dataset.namespace_manager)
        contexts: dict[str, _ContextType] = {}
        for quad in graph.store:
            name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
            if name not in contexts:
                contexts[name] = dataset.graph(rdflib.URIRef(name)) if name else dataset.default_graph
            contexts[name].add(to_rdflib(quad.triple))
        return cls(dataset)

    def query(self, text: str) -> Solutions | bool | Triples:
        """Run any query, the union of the named graphs being the default graph.

        Raises:
            QuerySyntaxError: as the embedded engine says it; rdflib has no error class for an unknown prefix.
        """
        evaluate(ox.Store(), text)
        try:
            result = self.dataset.query(text, initNs=PREFIXES)
        except ParseBaseException as error:
            raise QuerySyntaxError(error.msg, line=error.lineno, column=error.column) from None
        if result.type == "SELECT":
            return Solutions((str(variable) for variable in result.vars or ()), _rows(result))
        if result.type == "ASK":
            return bool(result.askAnswer)
        return Triples(_triples(result.graph or ()))

    def named_graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted."""
        names = (str(graph.identifier) for graph in self.dataset.graphs() if len(graph))
        return tuple(sorted(name for name in names if name != str(rdflib.graph.DATASET_DEFAULT_GRAPH_ID)))


def graph_of(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    """Triples of the embedded engine in one rdflib graph."""
    graph = rdflib.Graph()
    bind_prefixes(graph.namespace_manager)
    for triple in triples:
        graph.add(to_rdflib(triple))
    return graph


def union_graph(graph: MemoryGraph) -> rdflib.Graph:
    """All triples of an embedded graph in one rdflib graph."""
    return graph_of(quad.triple for quad in graph.store)


def bind_prefixes(manager: NamespaceManager) -> None:
    """Make rdflib write our prefixes."""
    for prefix, namespace in PREFIXES.items():
        manager.bind(prefix, namespace, override=True, replace=True)


def to_rdflib(triple: ox.Triple) -> tuple[Node, Node, Node]:
    """An embedded engine's triple in rdflib's terms."""
    return _node(triple.subject), _node(triple.predicate), _node(triple.object)


def from_rdflib(node: Node) -> Term:
    """An rdflib term in the embedded engine's terms.

    Raises:
        TypeError: for a term that RDF does not have, such as a formula of N3.
    """
    if isinstance(node, rdflib.URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, rdflib.BNode):
        return ox.BlankNode(str(node))
    if isinstance(node, rdflib.Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype or _STRING)))
    raise TypeError(f"{type(node).__name__} is not a term of RDF")


def _node(term: Term) -> Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        if term.datatype.value == str(_STRING):
            # a plain literal, which rdflib keeps apart from one typed xsd:string
            return rdflib.Literal(term.value)
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
    raise TypeError("rdflib has no triple terms")


def _rows(result: Result) -> Iterator[Row]:
    names = result.vars or ()
    for bindings in result.bindings:
        yield tuple(None if name not in bindings else from_rdflib(bindings[name]) for name in names)


def _triples(graph: Iterable[tuple[Node, ...]]) -> Iterator[ox.Triple]:
    for subject, predicate, value in graph:
        # the engine's own check refuses a literal where only a resource may stand
        yield ox.Triple(from_rdflib(subject), from_rdflib(predicate), from_rdflib(value))  # type: ignore[arg-type]
