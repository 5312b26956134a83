"""Where a check is asked: the shapes that report under its id, each with the shapes that lead to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from unpact.names import SH
from unpact.shacl.shapes import sh

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.shacl.shapes import Shape, ShapesGraph
    from unpact.validate.shapes import Shapes

_PROPERTY = sh("property")
# of the terms of SHACL those that ask for nothing by themselves
_SILENT = frozenset(
    SH + name
    for name in (
        *(
            "targetNode",
            "targetClass",
            "targetSubjectsOf",
            "targetObjectsOf",
            "path",
            "property",
            "deactivated",
        ),
        *("name", "description", "message", "severity", "order", "group", "defaultValue"),
        *("flags", "ignoredProperties", "qualifiedValueShapesDisjoint"),
    )
)


class Site(NamedTuple):
    """A shape in its place.

    Args:
        root: the shape whose targets are asked.
        chain: the property shapes that lead from the root to the shape.
        shape: that reports; the root itself, or the end of the chain.
    """

    root: Shape
    chain: tuple[Shape, ...]
    shape: Shape


def sites_of(shapes: Shapes, check: str) -> list[Site]:
    """The sites of a check, in the order of the files.

    Raises:
        ShapesError: for a shape that is not well formed.
    """
    roots = shapes.graph.with_targets()
    return [site for root in roots for site in _inside(shapes.graph, root) if _reports(shapes, site, check)]


def asks_something(graph: ShapesGraph, shape: Shape) -> bool:
    """Whether a shape has a constraint of its own, and not only property shapes in it."""
    used = graph.triples.properties(shape.node)
    if not graph.component_parameters.isdisjoint(used):
        return True
    return any(each.value.startswith(SH) and each.value not in _SILENT for each in used)


def parts_of(shapes: Shapes, shape: Shape) -> list[str]:
    """The ids of the checks that a shape groups."""
    found = (shapes.check(each) for each in shapes.graph.values(shape, "property"))
    return [each for each in dict.fromkeys(found) if each != shapes.check(shape.node)]


def _reports(shapes: Shapes, site: Site, check: str) -> bool:
    return shapes.check(site.shape.node) == check


def _inside(graph: ShapesGraph, root: Shape) -> Iterator[Site]:
    todo: list[tuple[Shape, ...]] = [()]
    while todo:
        chain = todo.pop(0)
        shape = chain[-1] if chain else root
        yield Site(root, chain, shape)
        for each in graph.triples.objects(shape.node, _PROPERTY):
            inner = graph.shape(each)
            # a shape that refers to itself is told once
            if inner not in (root, *chain) and not graph.is_deactivated(each):
                todo.append((*chain, inner))
