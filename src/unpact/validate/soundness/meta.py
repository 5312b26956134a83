"""SHACL for SHACL (appendix C of the recommendation): shapes over shapes, asked by the engine itself.

The shapes of the recommendation name every constraint parameter as a target, and so would ask each question
forty times. Here the nodes that are shapes are found first (`declared.shape_nodes`) and marked with one
class, which is the only target left. Members of `sh:and`, `sh:or` and `sh:xone` are marked too, in place of
the shape that reaches them through their lists. What sets node shapes and property shapes apart is left to
`property_paths` and `effect`, which need no query for it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Triple

from unpact.names import SH
from unpact.shacl.engine import in_memory, validate_graph
from unpact.shacl.plan import Compiler
from unpact.shacl.run import ask, subclasses_in
from unpact.shacl.scope import NotCompilable
from unpact.shacl.shapes import TYPE, ShapesGraph, sh
from unpact.validate.soundness.declared import TARGETS, shape_nodes
from unpact.validate.soundness.vocabulary import asset

if TYPE_CHECKING:
    from unpact.shacl.run import Result

_META: Final = SH.replace("shacl#", "shacl-shacl#")
_SHAPE: Final = NamedNode(_META + "ShapeShape")
_REPLACED: Final = tuple(
    NamedNode(_META + name) for name in ("NodeShapeShape", "PropertyShapeShape", "ShapesListShape")
)
_MARK: Final = NamedNode("urn:x-unpact:shape")


def meta_results(shapes: ShapesGraph) -> list[Result]:
    """What SHACL for SHACL finds wrong with some shapes.

    Raises:
        StoreError: when pyshacl is not installed as it should be.
    """
    marked = [*shapes.triples, *(Triple(node, TYPE, _MARK) for node in shape_nodes(shapes))]
    data, rules = in_memory(marked), _shapes_of_shapes()
    compiler = Compiler(rules, subclasses_in(data.graph), folds=data.folds)
    try:
        questions = [each for shape in rules.with_targets() for each in compiler.questions(shape)]
    except NotCompilable:
        # a number is written as the store would not write it, "01"
        return validate_graph(data, rules, engine="pyshacl").results
    # without the compiler no one asks what exactly is wrong with a list, which takes seconds
    return list(ask(data.graph, questions))


@cache
def _shapes_of_shapes() -> ShapesGraph:
    """The shapes of the recommendation that are asked here, with one target for all that is a shape."""
    triples = [
        triple
        for triple in asset("shacl-shacl.ttl")
        if not (triple.subject == _SHAPE and triple.predicate in (*TARGETS, sh("xone")))
        and not (triple.subject in _REPLACED and triple.predicate in TARGETS)
    ]
    return ShapesGraph([*triples, Triple(_SHAPE, sh("targetClass"), _MARK)])
