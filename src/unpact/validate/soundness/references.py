"""References to shapes that are not there: SHACL takes such a node for a shape that everything meets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.finding import Severity
from unpact.shacl.nesting import EXPECTING, EXPECTING_LISTS
from unpact.shacl.shapes import sh
from unpact.validate.soundness.checks import UNKNOWN_IRI
from unpact.validate.soundness.declared import list_members
from unpact.validate.soundness.nearest import nearest
from unpact.validate.soundness.wording import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.finding import Finding
    from unpact.shacl.shapes import ShapesGraph
    from unpact.shacl.triples import Node, Term
    from unpact.validate.soundness.reporting import Reporter


def dangling(reporter: Reporter) -> Iterator[Finding]:
    """Each reference to a shape of which the shapes graph says nothing.

    It is a violation for `sh:property`, whose values need a path.
    """
    shapes = reporter.shapes
    for node in reporter.nodes:
        for parameter, value, wanted in _references(shapes, node):
            if isinstance(wanted, NamedNode) and not shapes.triples.properties(wanted):
                yield _finding(reporter, wanted, (node, parameter, value))


def _references(shapes: ShapesGraph, node: Node) -> Iterator[tuple[NamedNode, Term, Term]]:
    """The property, its value, and the shape that is wanted: the value or a member of it."""
    for parameter in EXPECTING:
        for value in shapes.triples.objects(node, parameter):
            yield parameter, value, value
    for parameter in EXPECTING_LISTS:
        for value in shapes.triples.objects(node, parameter):
            for member in list_members(shapes, value):
                yield parameter, value, member


def _finding(reporter: Reporter, wanted: NamedNode, at: tuple[Node, NamedNode, Term]) -> Finding:
    node, parameter, _ = at
    message = f"there is no shape {word(wanted)}, which {word(parameter)} of {reporter.name(node)} names"
    others = (each.value for each in reporter.nodes if isinstance(each, NamedNode))
    meant = nearest(wanted.value, (each for each in others if each != wanted.value))
    better = word(NamedNode(meant)) if meant is not None else None
    return reporter.finding(
        UNKNOWN_IRI,
        f"{message}: did you mean {better}?" if better else message,
        at,
        mend=f"Write {better}." if better else "Add the shape, or take the reference out.",
        severity=Severity.VIOLATION if parameter == sh("property") else None,
    )
