"""Classes, properties and datatypes that shapes name and nothing else knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from unpact.errors import ShapesError
from unpact.names import OWL, RDF, RDFS, SH, XSD
from unpact.shacl.paths import read_path
from unpact.shacl.shapes import SUBCLASS, TYPE, sh
from unpact.validate.soundness.checks import UNKNOWN_IRI
from unpact.validate.soundness.declared import list_members
from unpact.validate.soundness.nearest import nearest
from unpact.validate.soundness.vocabulary import STANDARD, STANDARD_NAMESPACES
from unpact.validate.soundness.wording import word

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from unpact.finding import Finding
    from unpact.shacl.shapes import ShapesGraph
    from unpact.shacl.triples import Node, Term
    from unpact.validate.soundness.reporting import Reporter

_KINDS = {
    sh("targetClass"): "class",
    sh("class"): "class",
    sh("datatype"): "datatype",
    **dict.fromkeys(
        map(
            sh,
            ("targetSubjectsOf", "targetObjectsOf", "equals", "disjoint", "lessThan", "lessThanOrEquals"),
        ),
        "property",
    ),
}
_DECLARING = frozenset(
    (
        *(RDFS + name for name in ("Class", "Datatype")),
        *(OWL + name for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")),
        RDF + "Property",
    )
)


class _Mention(NamedTuple):
    term: NamedNode
    kind: str
    at: tuple[Term, NamedNode, Term]


def named_iris(reporter: Reporter) -> set[str]:
    """The IRIs that shapes name as classes, properties and datatypes."""
    shapes = reporter.shapes
    return {mention.term.value for node in reporter.nodes for mention in _mentions(shapes, node)}


def unknown_iris(reporter: Reporter, known: AbstractSet[str]) -> Iterator[Finding]:
    """What shapes name and neither the ontology nor the data has.

    Args:
        reporter: for the findings.
        known: the IRIs of the ontology and the data.
    """
    declared = _declared(reporter.shapes)
    for node in reporter.nodes:
        for mention in _mentions(reporter.shapes, node):
            iri = mention.term.value
            if not _is_known(iri, known, declared):
                yield _finding(reporter, node, mention, known | declared)


def _is_known(iri: str, known: AbstractSet[str], declared: AbstractSet[str]) -> bool:
    if iri in STANDARD or iri in declared:
        return True
    if iri.startswith(XSD):
        # a datatype that the data misspells in the same way is still no datatype
        return False
    # terms of SHACL have a check of their own
    return iri in known or iri.startswith(SH)


def _mentions(shapes: ShapesGraph, node: Node) -> Iterator[_Mention]:
    used = shapes.triples.properties(node)
    for parameter, kind in _KINDS.items():
        for term in used.get(parameter, ()):
            if isinstance(term, NamedNode):
                yield _Mention(term, kind, (node, parameter, term))
    for path in used.get(sh("path"), ()):
        try:
            predicates = read_path(shapes.triples, path).predicates
        except ShapesError:
            continue
        for term in sorted(predicates, key=lambda each: each.value):
            yield _Mention(term, "property", (node, sh("path"), path))
    for head in used.get(sh("ignoredProperties"), ()):
        for member in list_members(shapes, head):
            if isinstance(member, NamedNode):
                yield _Mention(member, "property", (node, sh("ignoredProperties"), head))


def _declared(shapes: ShapesGraph) -> frozenset[str]:
    """What the shapes graph itself declares to be a class, a datatype or a property, or uses to declare."""
    found: set[str] = set()
    for subject in shapes.triples.subjects_all():
        used = shapes.triples.properties(subject)
        types = (each.value for each in used.get(TYPE, ()) if isinstance(each, NamedNode))
        if isinstance(subject, NamedNode) and (SUBCLASS in used or not _DECLARING.isdisjoint(types)):
            found.add(subject.value)
        # sh:parameter declares the property at the end of its path
        if shapes.triples.subjects(sh("parameter"), subject):
            found.update(each.value for each in used.get(sh("path"), ()) if isinstance(each, NamedNode))
    return frozenset(found)


def _finding(reporter: Reporter, node: Node, mention: _Mention, known: AbstractSet[str]) -> Finding:
    term, kind, at = mention
    if term.value.startswith(STANDARD_NAMESPACES):
        who = "XML Schema has no" if term.value.startswith(XSD) else "RDF, RDF Schema and OWL have no"
        meant = nearest(term.value, STANDARD)
    else:
        who = "neither the ontology nor the data has a"
        meant = nearest(term.value, (*known, *STANDARD))
    text = f"{who} {kind} {word(term)}, which {reporter.name(node)} names with {word(at[1])}"
    if meant is None:
        return reporter.finding(UNKNOWN_IRI, text, at, mend=f"Declare the {kind}, or correct its spelling.")
    better = word(NamedNode(meant))
    return reporter.finding(UNKNOWN_IRI, f"{text}: did you mean {better}?", at, mend=f"Write {better}.")
