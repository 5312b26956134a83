"""What several checks ask for, found once and said in triples beside the ontology's own.

`mark:OwnClass`, `mark:OwnProperty` and `mark:OwnTerm` are what the ontology declares in a namespace of its
own, `mark:OwnName` every IRI there, `mark:Namespace` the namespace itself where the ontology has no name, and
`mark:Home` an ontology in whose namespace terms lie; `mark:ReservedName` is every IRI in the namespaces of
RDF, RDFS, OWL and XML Schema. Where data is at hand, `mark:UsedInData` and
`mark:UnusedInData` say which own terms it uses. The queries in `marks/` say of the rest, and run after this.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from unpact.names import INFERRED_GRAPH, RDF
from unpact.ontology_checks.own import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from pyoxigraph import Store

    from unpact.graph.interface import Graph
    from unpact.ontology_checks.own import Declared

MARK = "https://w3id.org/unpact/mark#"
#: No file's own: nobody wrote what stands in it.
GRAPH_OF_MARKS = NamedNode(INFERRED_GRAPH)

_TYPE = NamedNode(RDF + "type")
# in this order: what is foreign is told by what is marked as own
_QUERIES = ("used-as-class", "used-as-property", "disjoint", "foreign")


def mark(
    store: Store,
    graph: Graph,
    declared: Declared,
    namespaces: Sequence[str],
    used: Collection[NamedNode] | None,
) -> None:
    """Add the marks to a store.

    Args:
        store: the ontology, each file a named graph.
        graph: answers queries over the store.
        declared: what the ontology declares.
        namespaces: of its own terms.
        used: the names that data uses; None where no data is at hand.
    """
    names = _names(store)
    own = tuple(namespaces)
    found = {*_terms(declared, own, used), *_own(names, declared, own), *_reserved(names)}
    store.extend(Quad(node, _TYPE, NamedNode(MARK + name), GRAPH_OF_MARKS) for node, name in found)
    for name in _QUERIES:
        text = (Path(__file__).parent / "marks" / f"{name}.rq").read_text(encoding="utf-8")
        made = list(graph.construct(text))
        store.extend(Quad(each.subject, each.predicate, each.object, GRAPH_OF_MARKS) for each in made)


def _terms(
    declared: Declared, namespaces: tuple[str, ...], used: Collection[NamedNode] | None
) -> Iterator[tuple[NamedNode, str]]:
    for kind, terms in (("OwnClass", declared.classes), ("OwnProperty", declared.properties)):
        for term in terms:
            if not term.value.startswith(namespaces):
                continue
            yield term, kind
            yield term, "OwnTerm"
            if used is not None:
                yield term, "UsedInData" if term in used else "UnusedInData"


def _own(
    names: Iterable[NamedNode], declared: Declared, namespaces: tuple[str, ...]
) -> Iterator[tuple[NamedNode, str]]:
    for name in names:
        if name.value.startswith(namespaces) and name.value not in namespaces:
            yield name, "OwnName"
    for ontology in declared.ontologies:
        if any(namespace.startswith(ontology.value) for namespace in namespaces):
            yield ontology, "Home"
    if not declared.ontologies:
        yield from ((NamedNode(namespace), "Namespace") for namespace in namespaces)


def _reserved(names: Iterable[NamedNode]) -> Iterator[tuple[NamedNode, str]]:
    return ((name, "ReservedName") for name in names if name.value.startswith(LANGUAGES))


def _names(store: Store) -> set[NamedNode]:
    """Every IRI that occurs, datatypes of literals among them."""
    terms = {term for quad in store for term in quad.triple}
    datatypes = {term.datatype for term in terms if isinstance(term, Literal)}
    return datatypes.union(term for term in terms if isinstance(term, NamedNode))
