"""The names and classes of the things of two versions, in one small graph.

A thing is called what the new version calls it; else what the old one does; else what the bundled graph does,
where a version stands beside that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, Triple

from unpact.graph.memory import MemoryGraph
from unpact.names import DCTERMS, GRAPH, OWL, RDF, RDFS, SH, SKOS, UNP

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unpact.diff.colours import Term
    from unpact.diff.model import Section

_LABEL = NamedNode(RDFS + "label")
_SHAPE_NAME = NamedNode(SH + "name")
_TYPE = NamedNode(RDF + "type")
_NAMING = (
    _LABEL,
    *(NamedNode(SKOS + name) for name in ("prefLabel", "altLabel")),
    NamedNode(DCTERMS + "title"),
    NamedNode(UNP + "acronym"),
    _SHAPE_NAME,
)
_ABOVE = NamedNode(RDFS + "subClassOf")
_READ = (*_NAMING, _TYPE, _ABOVE)
_OF_THINGS = frozenset(OWL + name for name in ("NamedIndividual", "Thing"))
_OF_ONTOLOGIES = (OWL, RDFS, RDF)
_PLACE = NamedNode(GRAPH + "diff/names")


def names_of(*versions: Iterable[Triple], beside: MemoryGraph | None = None) -> MemoryGraph:
    """The names and classes of things, and what is above each class.

    Args:
        versions: the triples of each, the one whose names count most first.
        beside: a graph whose names count last.
    """
    found: set[Quad] = set()
    told: set[tuple[Term, bool]] = set()
    sources: list[Sequence[Triple]] = [
        [triple for triple in version if triple.predicate in _READ] for version in versions
    ]
    if beside is not None:
        store = beside.store
        sources.append([quad.triple for used in _READ for quad in store.quads_for_pattern(None, used, None)])
    for source in sources:
        new = set()
        for subject, used, value in source:
            # its names and its classes are each taken from one version as a whole
            part = (subject, used == _TYPE)
            if used != _ABOVE and part in told:
                continue
            new.add(part)
            found.add(Quad(subject, _LABEL if used == _SHAPE_NAME else used, value, _PLACE))
        told |= new
    graph = MemoryGraph()
    graph.store.extend(found)
    return graph


def section_of(thing: Term | None, types: Iterable[Term]) -> Section:
    """Which section a thing belongs to, by its classes and, if it has one, its IRI."""
    classes = {kind.value for kind in types if isinstance(kind, NamedNode)} - _OF_THINGS
    if any(kind.startswith(SH) for kind in classes):
        return "shapes"
    if any(kind.startswith(_OF_ONTOLOGIES) for kind in classes):
        return "ontology"
    if any(kind.startswith(SKOS) for kind in classes):
        return "topics"
    return "ontology" if isinstance(thing, NamedNode) and thing.value.startswith(UNP) else "facts"
