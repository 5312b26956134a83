"""What an address is about, and what is said of it in RDF."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode, Triple

from unpact.names import ONTOLOGY, OWL, RDF, RDFS, SHAPE, UNP
from unpact.query.bind import fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unpact.corpus import CorpusFile
    from unpact.serve.site import Site

_CLASSES = frozenset({OWL + "Class", RDFS + "Class"})
_PROPERTIES = frozenset(
    {OWL + "ObjectProperty", OWL + "DatatypeProperty", OWL + "AnnotationProperty", RDF + "Property"}
)
_PASSAGES = frozenset({UNP + "Passage", UNP + "Section", UNP + "Article"})


class Sort(Enum):
    """Which page a thing has."""

    ONTOLOGY = auto()
    CLASS = auto()
    PROPERTY = auto()
    SHAPE = auto()
    GRAPH = auto()
    PASSAGE = auto()
    THING = auto()


class Subject(NamedTuple):
    """A thing that there is something to say about.

    Args:
        node: its IRI.
        sort: which page it has.
        file: of a graph that is no part of what is asked: the shapes.
    """

    node: NamedNode
    sort: Sort
    file: CorpusFile | None = None


def subject_of(site: Site, iri: str) -> Subject | None:
    """The thing with an IRI; None where nothing is known of it, or where it is no IRI."""
    try:
        node = NamedNode(iri)
    except ValueError:
        return None
    if iri == ONTOLOGY:
        return Subject(node, Sort.ONTOLOGY)
    if iri.startswith(SHAPE):
        return Subject(node, Sort.SHAPE) if site.shapes.graph.triples.properties(node) else None
    if iri in site.graph.named_graphs():
        return Subject(node, Sort.GRAPH)
    file = next((each for each in site.shapes.files if each.graph_iri == iri), None)
    return _by_class(site, node) if file is None else Subject(node, Sort.GRAPH, file)


def _by_class(site: Site, node: NamedNode) -> Subject | None:
    from unpact.describe.patterns import select

    rows = select(site.graph, "kinds", things=[node])
    classes = {kind.value for _, kind in rows if isinstance(kind, NamedNode)}
    for sort, kinds in ((Sort.CLASS, _CLASSES), (Sort.PROPERTY, _PROPERTIES), (Sort.PASSAGE, _PASSAGES)):
        if classes & kinds:
            return Subject(node, sort)
    known = classes or site.graph.ask(_filled("../../query/exists.rq", thing=node))
    return Subject(node, Sort.THING) if known else None


def triples_of(site: Site, subject: Subject) -> Iterable[Triple]:
    """What RDF says of a thing: of a graph its triples, of the ontology the file that defines it."""
    from unpact.corpus.syntax import read_quads
    from unpact.describe.turtle import triples_about
    from unpact.names import GRAPH

    match subject.sort:
        case Sort.SHAPE:
            return _with_nested(site, subject.node)
        case Sort.GRAPH if subject.file is not None:
            return (quad.triple for quad in read_quads(subject.file))
        case Sort.GRAPH:
            return site.graph.construct(_filled("triples_of_graph.rq", graph=subject.node))
        case Sort.ONTOLOGY:
            graph = NamedNode(GRAPH + "ontology/unpact")
            return site.graph.construct(_filled("triples_of_graph.rq", graph=graph))
        case _:
            return triples_about(site.graph, subject.node)


def _with_nested(site: Site, node: NamedNode) -> Iterator[Triple]:
    """What a shape says, and what the blank nodes in it say."""
    found = site.shapes.graph.triples
    for used, values in found.properties(node).items():
        for value in values:
            yield Triple(node, used, value)
            yield from found.around(value)


def _filled(file: str, **iris: NamedNode) -> str:
    text = Path(__file__).parent.joinpath(file).read_text(encoding="utf-8")
    return fill(text, {name: (iri,) for name, iri in iris.items()})
