"""The shapes that a shape is put together from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.names import SH
from unpact.shacl.shapes import sh

if TYPE_CHECKING:
    from unpact.shacl.shapes import Shape, ShapesGraph
    from unpact.shacl.triples import Term

_SINGLE = ("node", "not", "qualifiedValueShape")
_LISTS = ("or", "and", "xone")


def combined(graph: ShapesGraph, node: Term, *, properties: bool = True) -> list[Term]:
    """A shape and all that it refers to, each once, the nearest first.

    Args:
        graph: the shapes.
        node: of a shape.
        properties: whether to follow `sh:property` from the shape itself; from those in it, always.

    Raises:
        ShapesError: for a list that is not well formed.
    """
    found: dict[Term, None] = {}
    todo = [node]
    while todo:
        each = todo.pop(0)
        if each in found:
            continue
        found[each] = None
        for name in _SINGLE:
            todo += graph.triples.objects(each, sh(name))
        for name in _LISTS:
            for head in graph.triples.objects(each, sh(name)):
                todo += graph.members(head, name)
        if properties or each != node:
            todo += graph.triples.objects(each, sh("property"))
    return list(found)


def parameters(graph: ShapesGraph, node: Term) -> dict[str, list[Term]]:
    """The values of the SHACL terms of a shape and of all that it refers to, by local name."""
    found: dict[str, list[Term]] = {}
    for each in combined(graph, node):
        for used, values in graph.triples.properties(each).items():
            if used.value.startswith(SH):
                found.setdefault(used.value.removeprefix(SH), []).extend(values)
    return found


def classes_in(graph: ShapesGraph, shape: Shape) -> list[NamedNode]:
    """The classes that a shape, or one that it refers to, asks of a node."""
    found = (
        each for node in combined(graph, shape.node) for each in graph.triples.objects(node, sh("class"))
    )
    return list(dict.fromkeys(each for each in found if isinstance(each, NamedNode)))


def paths_in(graph: ShapesGraph, shape: Shape) -> list[Shape]:
    """The property shapes that a shape refers to, other than by its own `sh:property`."""
    inner = combined(graph, shape.node, properties=False)
    return [graph.shape(each) for each in inner if each != shape.node and graph.shape(each).path is not None]
