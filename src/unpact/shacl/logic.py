"""Constraints that refer to other shapes (SHACL, sections 4.6, 4.7), by the set of nodes that fail these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from unpact.errors import ShapesError
from unpact.shacl.scope import Nodes, Scope
from unpact.shacl.shapes import Shape, ShapesGraph, sh
from unpact.shacl.violations import Reading, Violation, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unpact.shacl.expressions import Expressions
    from unpact.shacl.triples import Term


# the values, and what keeps those that meet the shape; a sibling would add a part
_ALONE = 2


class Failing(Protocol):
    """Gives a pattern that binds, each once, the nodes that do not conform to a shape; None when all do."""

    def __call__(self, node: Term, nodes: Nodes) -> str | None:
        """Raises NotCompilable when no query can tell."""


class ShapeConstraints:
    """Finds the violations of constraints whose parameters are shapes.

    Args:
        graph: the shapes.
        scope: of the query.
        failing: for the shapes that ask for more than a node itself.
        expressions: for those that do not.
    """

    def __init__(self, graph: ShapesGraph, scope: Scope, failing: Failing, expressions: Expressions) -> None:
        self.graph = graph
        self.scope = scope
        self.failing = failing
        self.expressions = expressions

    def violations(self, shape: Shape, nodes: Nodes, values: Nodes) -> Iterator[Violation]:
        """One for each constraint. Raises NotCompilable and ShapesError as the shapes referred to do."""
        yield from self._nodes(shape, nodes, values)
        for other in self.graph.values(shape, "not"):
            conforming = self._only_conforming(other, values)
            yield self._of_value("Not", shape, values, nodes, [conforming], other)
        for head in self.graph.values(shape, "and"):
            found = self._any_failing(head, values)
            if found is not None:
                yield self._of_value("And", shape, values, nodes, [found], head)
        for head in self.graph.values(shape, "or"):
            found = self._all_failing(head, values)
            if found is not None:
                yield self._of_value("Or", shape, values, nodes, [found], head)
        for head in self.graph.values(shape, "xone"):
            yield self._of_value("Xone", shape, values, nodes, self._not_one(head, values), head)
        if shape.path is not None:
            yield from self._qualified(shape, nodes, values)

    def _nodes(self, shape: Shape, nodes: Nodes, values: Nodes) -> Iterator[Violation]:
        for other in self.graph.values(shape, "node"):
            if self.graph.shape(other).path is not None:
                raise ShapesError(f"sh:node of {shape.node} has to name a node shape, and {other} has a path")
            failing = self._only_failing(other, values)
            if failing is not None:
                yield self._of_value("Node", shape, values, nodes, [failing], other, details=True)

    def _only_failing(self, node: Term, values: Nodes) -> str | None:
        """What to add to the pattern of `values` to keep those that fail a shape; None when none can."""
        test = self.expressions.failed(self.graph.shape(node), values.var)
        if test == "false":
            return None
        return f"FILTER({test})" if test is not None else self.failing(node, values.without_carried())

    def _only_conforming(self, node: Term, values: Nodes) -> str:
        """What to add to the pattern of `values` to keep those that meet a shape."""
        test = self.expressions.failed(self.graph.shape(node), values.var)
        if test is not None:
            return f"FILTER(!({test}))"
        failing = self.failing(node, values.without_carried())
        return f"MINUS {{ {failing} }}" if failing is not None else ""

    def _any_failing(self, head: Term, values: Nodes) -> str | None:
        """What keeps the values that fail some shape of a list."""
        found = []
        for member in dict.fromkeys(self.graph.members(head, "and")):
            failing = self._only_failing(member, values)
            if failing is not None:
                each = values.without_carried()
                found.append(f"{{ SELECT DISTINCT {each.var} WHERE {{ {each.pattern} {failing} }} }}")
        return " UNION ".join(f"{{ {pattern} }}" for pattern in found) if found else None

    def _all_failing(self, head: Term, values: Nodes) -> str | None:
        """What keeps the values that meet no shape of a list; each is asked only of what failed so far."""
        each, tests = values.without_carried(), []
        for member in dict.fromkeys(self.graph.members(head, "or")):
            test = self.expressions.failed(self.graph.shape(member), values.var)
            if test is not None:
                tests.append(f"FILTER({test})")
                continue
            failing = self.failing(member, each)
            if failing is None:
                return None
            each = Nodes(failing, each.var)
        rest = each.pattern if each != values.without_carried() else ""
        return " ".join((rest, *tests))

    def _not_one(self, head: Term, values: Nodes) -> list[str]:
        """What keeps the values that do not meet exactly one shape of a list: all but one have to fail."""
        each = values.without_carried()
        patterns, terms = [], []
        members = self.graph.members(head, "xone")
        for member in members:
            test = self.expressions.failed(self.graph.shape(member), values.var)
            if test is not None:
                terms.append(f"IF({test}, 1, 0)")
                continue
            failing = self.failing(member, each)
            if failing is not None:
                mark = self.scope.fresh()
                marked = f"SELECT {values.var} (1 AS {mark}) WHERE {{ {failing} }}"
                patterns.append(f"OPTIONAL {{ {{ {marked} }} }}")
                terms.append(f"COALESCE({mark}, 0)")
        failed = " + ".join(terms) or "0"
        return [*patterns, f"FILTER({failed} != {len(members) - 1})"]

    def _qualified(self, shape: Shape, nodes: Nodes, values: Nodes) -> Iterator[Violation]:
        least = self.graph.integer(shape, "qualifiedMinCount")
        most = self.graph.integer(shape, "qualifiedMaxCount")
        if least is None and most is None:
            return
        for wanted in self.graph.values(shape, "qualifiedValueShape"):
            parts = [values.pattern, self._only_conforming(wanted, values)]
            for sibling in self.graph.qualified_siblings(shape, wanted):
                # what meets a sibling too does not count; one that all values meet leaves nothing to count
                failing = self._only_failing(sibling, values)
                parts.append("FILTER(false)" if failing is None else failing)
            counted = Nodes(" ".join(parts), values.var, values.carried)
            if least is not None and least > 0:
                enough = grouped(nodes, counted, f"COUNT(DISTINCT {values.var}) >= {least}")
                lacking = (
                    self._without_one(shape, nodes, wanted) if least == 1 and len(parts) == _ALONE else None
                )
                reading = Reading(sh("QualifiedMinCountConstraintComponent"), shape, parameter=wanted)
                pattern = f"{nodes.pattern} {lacking or f'MINUS {{ {enough} }}'}"
                yield Violation(pattern, nodes, (reading,))
            if most is not None:
                many = grouped(nodes, counted, f"COUNT(DISTINCT {values.var}) > {most}")
                reading = Reading(sh("QualifiedMaxCountConstraintComponent"), shape, parameter=wanted)
                yield Violation(many, nodes, (reading,))

    def _without_one(self, shape: Shape, nodes: Nodes, wanted: Term) -> str | None:
        """What keeps the nodes of which no value meets a shape, where one look at each value tells."""
        value = self.scope.fresh()
        test = self.expressions.failed(self.graph.shape(wanted), value)
        if test is None or shape.path is None or not shape.path.one_step:
            return None
        met = f"{nodes.var} {shape.path.sparql} {value} . FILTER(!({test}))"
        return f"FILTER NOT EXISTS {{ {met} }}"

    def _of_value(
        self,
        component: str,
        shape: Shape,
        values: Nodes,
        nodes: Nodes,
        patterns: Sequence[str],
        parameter: Term,
        *,
        details: bool = False,
    ) -> Violation:
        nested = self.graph.shape(parameter).node if details else None
        reading = Reading(
            sh(f"{component}ConstraintComponent"),
            shape,
            value=values.var,
            parameter=parameter,
            details=nested,
        )
        return Violation(" ".join((values.pattern, *patterns)), nodes, (reading,))
