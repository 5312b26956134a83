"""Shapes that cannot be read: what the engine refuses is found for each shape by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.errors import UnpactError
from unpact.shacl.plan import Compiler
from unpact.shacl.scope import NotCompilable
from unpact.shacl.shapes import Targets
from unpact.validate.soundness.declared import nested_shapes, shape_nodes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unpact.shacl.shapes import Shape, ShapesGraph
    from unpact.shacl.triples import Node, Term

# something to compile a shape for that has no target of its own
_ANYTHING = Targets(nodes=(NamedNode("urn:x-unpact:anything"),))


def unreadable(shapes: ShapesGraph) -> dict[Node, str]:
    """The shapes that the engine refuses, each with the reason.

    A shape that is refused only because of another one inside it is left out.
    """
    read: dict[Node, Shape] = {}
    refused: dict[Node, str] = {}
    for node in shape_nodes(shapes):
        if shapes.is_deactivated(node):
            continue
        try:
            read[node] = shapes.shape(node)
        except UnpactError as error:
            refused[node] = error.message
    if any(_refusal(shapes, shape) for shape in read.values() if any(shape.targets)):
        for node, shape in read.items():
            reason = _refusal(shapes, shape._replace(targets=_ANYTHING))
            if reason is not None:
                refused[node] = reason
    return {node: reason for node, reason in refused.items() if not _inside(shapes, node, refused)}


def _refusal(shapes: ShapesGraph, shape: Shape) -> str | None:
    """Why SHACL does not allow a shape; None where it does, or where no query can tell."""
    # a compiler that an error left keeps the shape open
    compiler = Compiler(shapes, _itself)
    try:
        compiler.questions(shape)
    except UnpactError as error:
        return error.message
    except NotCompilable:
        return None
    return None


def _itself(cls: Term) -> Sequence[Term]:
    return (cls,)


def _inside(shapes: ShapesGraph, node: Node, refused: Mapping[Node, str]) -> bool:
    """Whether a shape nested in `node`, at any depth, is refused for the same reason."""
    seen: set[Term] = {node}
    todo = list(nested_shapes(shapes, node))
    while todo:
        each = todo.pop()
        if each not in seen:
            seen.add(each)
            if refused.get(each) == refused[node]:  # type: ignore[arg-type]  # it may be a literal
                return True
            todo += nested_shapes(shapes, each)
    return False
