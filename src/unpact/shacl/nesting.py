"""How one shape contains another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from unpact.names import RDF
from unpact.shacl.shapes import sh

if TYPE_CHECKING:
    from unpact.shacl.triples import Term, Triples

EXPECTING: Final = (sh("property"), sh("node"), sh("not"), sh("qualifiedValueShape"))
"""Parameters whose value is a shape."""

EXPECTING_LISTS: Final = (sh("and"), sh("or"), sh("xone"))
"""Parameters whose value is a list of shapes."""

_CONTAINING = (*EXPECTING, *EXPECTING_LISTS, NamedNode(RDF + "first"), NamedNode(RDF + "rest"))


def named_around(shapes: Triples, node: Term) -> NamedNode | None:
    """The node itself if it has a name, or else the nearest named shape that contains it, if any does.

    Args:
        shapes: the triples of a shapes graph.
        node: of a shape, or of anything in one.
    """
    seen: set[Term] = set()
    around = [node]
    while around:
        each = around.pop(0)
        if isinstance(each, NamedNode):
            return each
        if each not in seen:
            seen.add(each)
            around += [outer for used in _CONTAINING for outer in shapes.subjects(used, each)]
    return None
