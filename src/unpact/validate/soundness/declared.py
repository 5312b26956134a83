"""Which nodes of a shapes graph are shapes, and what they ask for (SHACL, section 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, NamedNode

from unpact.shacl.nesting import EXPECTING, EXPECTING_LISTS
from unpact.shacl.shapes import TYPE, sh
from unpact.validate.soundness.vocabulary import constraint_parameters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.shacl.shapes import ShapesGraph
    from unpact.shacl.triples import Node, Term

TARGETS: Final = (sh("targetNode"), sh("targetClass"), sh("targetSubjectsOf"), sh("targetObjectsOf"))
SHAPE_CLASSES: Final = (sh("NodeShape"), sh("PropertyShape"))


def shape_nodes(shapes: ShapesGraph) -> list[Node]:
    """The nodes that SHACL takes for shapes, well formed or not, in the order of the graph."""
    triples = shapes.triples
    marks = constraint_parameters().union(TARGETS, shapes.component_parameters)
    found: dict[Term, None] = {}
    for subject in triples.subjects_all():
        properties = triples.properties(subject)
        types = properties.get(TYPE, ())
        if not marks.isdisjoint(properties) or any(each in types for each in SHAPE_CLASSES):
            found[subject] = None
        found.update(dict.fromkeys(nested_shapes(shapes, subject)))
    return [node for node in found if isinstance(node, NamedNode | BlankNode)]


def nested_shapes(shapes: ShapesGraph, node: Term) -> Iterator[Term]:
    """The values of a node that stand where shapes are wanted; literals and broken lists included."""
    properties = shapes.triples.properties(node)
    for parameter in EXPECTING:
        yield from properties.get(parameter, ())
    for parameter in EXPECTING_LISTS:
        for head in properties.get(parameter, ()):
            yield from list_members(shapes, head)


def list_members(shapes: ShapesGraph, head: Term) -> list[Term]:
    """The members of a list; none of one that is not well formed, which has a check of its own."""
    try:
        return shapes.triples.collection(head)
    except ValueError:
        return []


def demands_something(shapes: ShapesGraph, node: Term) -> bool:
    """Whether a shape has any constraint at all."""
    properties = shapes.triples.properties(node)
    return not constraint_parameters().union(shapes.component_parameters).isdisjoint(properties)
