"""Shapes that a node meets or fails by itself, as one SPARQL expression.

A node shape that asks only for kinds, values and classes, or combines such shapes, needs no set of nodes to
be compared with: it is tested where the node is met.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.names import SH
from unpact.shacl.scope import NotCompilable, written
from unpact.shacl.shapes import OF_A_NODE, SILENT
from unpact.shacl.value_tests import value_tests

if TYPE_CHECKING:
    from collections.abc import Callable

    from unpact.shacl.shapes import Shape, ShapesGraph
    from unpact.shacl.triples import Term

_COMBINED = ("node", "not", "and", "or", "xone")
_ALLOWED = frozenset((*OF_A_NODE, "hasValue", "class", *_COMBINED, *SILENT))


class Expressions:
    """Writes shapes as expressions that are true where a node fails them.

    Args:
        graph: the shapes.
        instance_of: gives the pattern for the instances of a class.
    """

    def __init__(self, graph: ShapesGraph, instance_of: Callable[[str, Term], str]) -> None:
        self.graph = graph
        self.instance_of = instance_of
        self._open: list[Term] = []

    def failed(self, shape: Shape, v: str) -> str | None:
        """The expression for the node at the variable `v`; None where the shape asks for more than the node.

        Raises:
            NotCompilable: when the shape refers to itself.
        """
        if self.graph.is_deactivated(shape.node):
            return "false"
        if shape.path is not None or not self._is_simple(shape):
            return None
        if shape.node in self._open:
            raise NotCompilable("the shape refers to itself")
        self._open.append(shape.node)
        try:
            return self._combined(shape, v)
        finally:
            self._open.pop()

    def _combined(self, shape: Shape, v: str) -> str | None:
        found = [f"({test.violated})" for test in value_tests(self.graph, shape, v)]
        found += [f"!sameTerm({v}, {written(each)})" for each in self.graph.values(shape, "hasValue")]
        for cls in self.graph.values(shape, "class"):
            found.append(f"NOT EXISTS {{ {self.instance_of(v, cls)} }}")
        for name in _COMBINED:
            for parameter in self.graph.values(shape, name):
                part = self._part(name, parameter, v)
                if part is None:
                    return None
                found.append(part)
        return " || ".join(found) or "false"

    def _part(self, name: str, parameter: Term, v: str) -> str | None:
        listed = name in ("and", "or", "xone")
        members = self.graph.members(parameter, name) if listed else [parameter]
        if name != "xone":
            members = list(dict.fromkeys(members))
        parts = [self.failed(self.graph.shape(member), v) for member in members]
        known = [f"({part})" for part in parts if part is not None]
        if len(known) < len(parts):
            return None
        if name == "not":
            return f"!{known[0]}"
        if name == "or":
            return f"({' && '.join(known)})" if known else "true"
        if name == "xone":
            failed = " + ".join(f"IF({part}, 1, 0)" for part in known) or "0"
            return f"({failed}) != {len(known) - 1}"
        return f"({' || '.join(known)})" if known else "false"

    def _is_simple(self, shape: Shape) -> bool:
        used = self.graph.triples.properties(shape.node)
        if not self.graph.component_parameters.isdisjoint(used):
            return False
        return all(each.value[len(SH) :] in _ALLOWED for each in used if each.value.startswith(SH))
