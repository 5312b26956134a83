"""The validation report that SHACL defines (section 3.6), as triples.

What the shapes' author wrote of a shape that has no name stands in the report as well, as pyshacl has it, so
that a reader of the report alone knows which shape is meant.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unpact.names import RDF, XSD
from unpact.shacl.shapes import sh

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unpact.shacl.run import Result
    from unpact.shacl.shapes import ShapesGraph
    from unpact.shacl.triples import Node

_TYPE = NamedNode(RDF + "type")


def report_triples(results: Iterable[Result], shapes: ShapesGraph, *, unread: bool = False) -> list[Triple]:
    """The report of a validation.

    Args:
        results: of the shapes.
        shapes: the graph they stand in.
        unread: whether something kept the shapes from being asked; nothing is said to conform then.
    """
    found = list(results)
    report = BlankNode("report")
    conforms = Literal("false" if found or unread else "true", datatype=NamedNode(XSD + "boolean"))
    triples = [Triple(report, _TYPE, sh("ValidationReport")), Triple(report, sh("conforms"), conforms)]
    numbers = count(1)
    for result in found:
        node = BlankNode(f"result{next(numbers)}")
        triples.append(Triple(report, sh("result"), node))
        triples += _result(node, result, shapes, numbers)
    return list(dict.fromkeys(triples))


def _result(node: Node, result: Result, shapes: ShapesGraph, numbers: Iterator[int]) -> Iterator[Triple]:
    yield Triple(node, _TYPE, sh("ValidationResult"))
    yield Triple(node, sh("focusNode"), result.focus)
    yield Triple(node, sh("resultSeverity"), result.shape.severity)
    yield Triple(node, sh("sourceConstraintComponent"), result.component)
    for name, value in (
        ("sourceShape", result.shape.node),
        ("resultPath", result.path),
        ("sourceConstraint", result.source),
    ):
        if value is not None:
            yield Triple(node, sh(name), value)
            yield from shapes.triples.around(value)
    if result.value is not None:
        yield Triple(node, sh("value"), result.value)
    for message in result.messages:
        yield Triple(node, sh("resultMessage"), message)
    for detail in result.details:
        inner = BlankNode(f"result{next(numbers)}")
        yield Triple(node, sh("detail"), inner)
        yield from _result(inner, detail, shapes, numbers)
