"""Constraints that refer to other shapes (SHACL, sections 4.6, 4.7), by the set of nodes that fail these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from unpact.errors import ShapesError
from unpact.shacl.scope import Nodes, Scope
from unpact.shacl.shapes import Shape, ShapesGraph, is_true, sh
from unpact.shacl.violations import Reading, Violation, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unpact.shacl.triples import Term


class Failing(Protocol):
    """Gives a pattern that binds, each once, the nodes that do not conform to a shape; None when all do."""

    def __call__(self, node: Term, nodes: Nodes) -> str | None:
        """Raises NotCompilable when no query can tell."""


class ShapeConstraints:
    """Finds the violations of constraints whose parameters are shapes.

    Args:
        graph: the shapes.
        scope: of the query.
        failing: for the shapes that are referred to.
    """

    def __init__(self, graph: ShapesGraph, scope: Scope, failing: Failing) -> None:
        self.graph = graph
        self.scope = scope
        self.failing = failing

    def violations(self, shape: Shape, nodes: Nodes, values: Nodes) -> Iterator[Violation]:
        """One for each constraint. Raises NotCompilable and ShapesError as the shapes referred to do."""
        each = self._each(values)
        yield from self._nodes(shape, nodes, values)
        for other in self.graph.values(shape, "not"):
            failing = self.failing(other, each)
            rest = f"MINUS {{ {failing} }}" if failing is not None else ""
            yield self._of_value("Not", shape, values, nodes, [rest], other)
        for head in self.graph.values(shape, "and"):
            found = [pattern for pattern in self._all_failing(head, "and", each) if pattern is not None]
            if found:
                union = " UNION ".join(f"{{ {pattern} }}" for pattern in found)
                yield self._of_value("And", shape, values, nodes, [union], head)
        for head in self.graph.values(shape, "or"):
            patterns = self._all_failing(head, "or", each)
            needed = [pattern for pattern in patterns if pattern is not None]
            if len(needed) == len(patterns):
                yield self._of_value("Or", shape, values, nodes, needed, head)
        for head in self.graph.values(shape, "xone"):
            yield self._xone(shape, values, nodes, head)
        if shape.path is not None:
            yield from self._qualified(shape, nodes, values)

    def _nodes(self, shape: Shape, nodes: Nodes, values: Nodes) -> Iterator[Violation]:
        for other in self.graph.values(shape, "node"):
            if self.graph.shape(other).path is not None:
                raise ShapesError(f"sh:node of {shape.node} has to name a node shape, and {other} has a path")
            failing = self.failing(other, self._each(values))
            if failing is not None:
                yield self._of_value("Node", shape, values, nodes, [failing], other, other)

    def _all_failing(self, head: Term, parameter: str, each: Nodes) -> list[str | None]:
        # the same shape twice says no more than once
        members = dict.fromkeys(self.graph.members(head, parameter))
        return [self.failing(member, each) for member in members]

    def _xone(self, shape: Shape, values: Nodes, nodes: Nodes, head: Term) -> Violation:
        """Exactly one of the shapes has to be met: all but one have to fail."""
        each = self._each(values)
        patterns, terms = [], []
        members = self.graph.members(head, "xone")
        for member in members:
            failing = self.failing(member, each)
            if failing is not None:
                mark = self.scope.fresh()
                marked = f"SELECT {values.var} (1 AS {mark}) WHERE {{ {failing} }}"
                patterns.append(f"OPTIONAL {{ {{ {marked} }} }}")
                terms.append(f"COALESCE({mark}, 0)")
        failed = " + ".join(terms) or "0"
        test = f"FILTER({failed} != {len(members) - 1})"
        return self._of_value("Xone", shape, values, nodes, [*patterns, test], head)

    def _qualified(self, shape: Shape, nodes: Nodes, values: Nodes) -> Iterator[Violation]:
        least = self.graph.integer(shape, "qualifiedMinCount")
        most = self.graph.integer(shape, "qualifiedMaxCount")
        if least is None and most is None:
            return
        for wanted in self.graph.values(shape, "qualifiedValueShape"):
            each = self._each(values)
            failing = self.failing(wanted, each)
            pattern = values.pattern if failing is None else f"{values.pattern} MINUS {{ {failing} }}"
            for sibling in self._siblings(shape, wanted):
                other = self.failing(sibling, each)
                # what meets a sibling too does not count; one that all values meet leaves nothing to count
                pattern = f"{pattern} {other}" if other is not None else f"{pattern} FILTER(false)"
            counted = Nodes(pattern, values.var, values.carried)
            if least is not None and least > 0:
                enough = grouped(nodes, counted, f"COUNT(DISTINCT {values.var}) >= {least}")
                reading = Reading(sh("QualifiedMinCountConstraintComponent"), shape, parameter=wanted)
                yield Violation(f"{nodes.pattern} MINUS {{ {enough} }}", nodes, (reading,))
            if most is not None:
                many = grouped(nodes, counted, f"COUNT(DISTINCT {values.var}) > {most}")
                reading = Reading(sh("QualifiedMaxCountConstraintComponent"), shape, parameter=wanted)
                yield Violation(many, nodes, (reading,))

    def _siblings(self, shape: Shape, wanted: Term) -> list[Term]:
        """The qualified shapes of the other properties around, where they are to be disjoint (4.7.3)."""
        if not any(is_true(each) for each in self.graph.values(shape, "qualifiedValueShapesDisjoint")):
            return []
        found: dict[Term, None] = {}
        for around in self.graph.triples.subjects(sh("property"), shape.node):
            for other in self.graph.triples.objects(around, sh("property")):
                found.update(dict.fromkeys(self.graph.triples.objects(other, sh("qualifiedValueShape"))))
        found.pop(wanted, None)
        return list(found)

    def _each(self, values: Nodes) -> Nodes:
        """The value nodes, each once, whatever they are values of."""
        return values.without_carried()

    def _of_value(
        self,
        component: str,
        shape: Shape,
        values: Nodes,
        nodes: Nodes,
        patterns: Sequence[str],
        parameter: Term,
        details: Term | None = None,
    ) -> Violation:
        nested = None if details is None else self.graph.shape(details).node
        reading = Reading(
            sh(f"{component}ConstraintComponent"),
            shape,
            value=values.var,
            parameter=parameter,
            details=nested,
        )
        return Violation(" ".join((values.pattern, *patterns)), nodes, (reading,))
