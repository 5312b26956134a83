"""The page of the ontology: its classes as a tree, its properties, the prefixes, and what checks the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from unpact.describe.facts import outgoing
from unpact.describe.statistics import kind_counts
from unpact.names import OWL, PREFIXES, RDF, RDFS, UNP
from unpact.serve.linked.hierarchy import terms_of
from unpact.serve.linked.patterns import INFERRED, select
from unpact.serve.linked.shape import entries
from unpact.serve.linked.term import Ends, ends_of, hierarchy_of
from unpact.serve.linked.values import plain_parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from unpact.serve.exchange import Asked
    from unpact.serve.linked.subject import Subject
    from unpact.serve.site import Site

_PROPERTIES = {
    OWL + "ObjectProperty": "Properties that lead to things",
    OWL + "DatatypeProperty": "Properties that lead to values",
    OWL + "AnnotationProperty": "Properties that annotate",
}
_CLASSES = frozenset({OWL + "Class", RDFS + "Class"})


class Section(NamedTuple):
    """Properties of one kind."""

    title: str
    properties: tuple[Ends, ...]


def page_of_ontology(site: Site, _asked: Asked, subject: Subject) -> dict[str, Any]:
    """What the template `ontology.html` needs."""
    declared: dict[str, set[NamedNode]] = {}
    for term, kind in select(site.graph, "declared", inferred=INFERRED):
        if isinstance(term, NamedNode) and isinstance(kind, NamedNode):
            declared.setdefault(kind.value, set()).add(term)
    classes = {each for kind in _CLASSES for each in declared.get(kind, ())}
    tree = hierarchy_of(site, "subclasses").whole(classes)
    facts = [
        fact
        for fact in outgoing(site.graph, [subject.node])
        if not fact.inferred and fact.property.value != RDF + "type"
    ]
    site.labels.load(fact.property for fact in facts)
    site.labels.load([*terms_of(tree), *(term for terms in declared.values() for term in terms)])
    return {
        "thing": subject.node,
        "title": "Ontology",
        "parts": plain_parts(facts, site.labels),
        "tree": tree,
        "counts": dict(kind_counts(site.graph)),
        "sections": list(_sections(site, declared)),
        "prefixes": list(PREFIXES.items()),
        "shapes": entries(site.shapes, site.shapes.graph.triples.subjects_all()),
    }


def _sections(site: Site, declared: dict[str, set[NamedNode]]) -> Iterator[Section]:
    ends = {each.property: each for each in ends_of(site)}
    site.labels.load(kind for each in ends.values() for kind in (*each.domains, *each.ranges))
    for kind, title in _PROPERTIES.items():
        # those of others are declared for readers of the file, and described where they come from
        own = [each for each in declared.get(kind, ()) if each.value.startswith(UNP)]
        ordered = sorted(own, key=lambda each: (site.labels(each), each.value))
        yield Section(title, tuple(ends.get(each, Ends(each, (), ())) for each in ordered))
