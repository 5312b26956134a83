"""From shapes to questions: SPARQL queries, and how to read the results of a validation off their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from unpact.errors import ShapesError
from unpact.shacl.expressions import Expressions
from unpact.shacl.folding import Folds, folded_of
from unpact.shacl.logic import ShapeConstraints
from unpact.shacl.scope import Nodes, NotCompilable, Scope, written
from unpact.shacl.sparql import SparqlConstraints
from unpact.shacl.violations import CoreConstraints, Reading, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unpact.shacl.shapes import Shape, ShapesGraph, Targets
    from unpact.shacl.triples import Term
    from unpact.shacl.violations import Subclasses

FOCUS = "?this"
# A question about the details of blank nodes holds the question that they belong to, and parts of it more
# than once; shapes in shapes in shapes are explained as long as that stays within reason.
_LONGEST = 100_000
_NO_FOLDS = Folds()


class Question(NamedTuple):
    """One query.

    Args:
        select: its text.
        focus: the variable of the focus node.
        carried: the variables of the nodes that a nested shape was reached from, outermost first.
        readings: of a row.
        others: the same question about the nodes of other targets, whose rows have the same columns.
    """

    select: str
    focus: str
    carried: tuple[str, ...]
    readings: tuple[Reading, ...]
    others: tuple[Question, ...] = ()


class Compiler:
    """Turns shapes into questions.

    Args:
        graph: the shapes.
        subclasses: gives a class and all below it, as the data has them.
        flat: whether the data lies in one graph.
        folds: what the store that holds the data does not keep as it is written.
    """

    def __init__(
        self, graph: ShapesGraph, subclasses: Subclasses, *, flat: bool = True, folds: Folds = _NO_FOLDS
    ) -> None:
        self.graph = graph
        self.scope = Scope(flat=flat)
        self.core = CoreConstraints(graph, self.scope, subclasses, folds)
        expressions = Expressions(graph, self.core.instance_of)
        self.logic = ShapeConstraints(graph, self.scope, self._failing, expressions)
        self.sparql = SparqlConstraints(graph, self.scope)
        self._open: list[Term] = []

    def questions(self, shape: Shape, among: str = "") -> list[Question]:
        """The questions to ask about all focus nodes of a shape with targets.

        Args:
            shape: with targets.
            among: a pattern that binds the nodes to which the questions are limited.

        Raises:
            NotCompilable: when one of its constraints cannot be asked in a query.
            ShapesError: for shapes that SHACL does not allow.
        """
        # A node of two targets comes twice, which is cheaper to see in the answers than to prevent.
        first, *rest = (self._asked(shape, nodes) for nodes in self.focus_nodes(shape.targets, among))
        return [
            question._replace(others=tuple(others)) for question, *others in zip(first, *rest, strict=True)
        ]

    def details(
        self, reading: Reading, question: Question, rows: Sequence[Mapping[str, Term | None]]
    ) -> list[Question]:
        """The questions whose results explain those of a `sh:node` constraint: what the values fail.

        Their rows carry the focus node and the value of the result that they belong to.

        Args:
            reading: of the constraint.
            question: that was asked.
            rows: of its answer.
        """
        if reading.details is None or reading.value is None:
            return []
        keys = question.carried
        if reading.value != question.focus:
            keys = (*keys, question.focus)
        variables = (*keys, reading.value)
        pattern = _values(variables, rows)
        if pattern is None:
            if len(question.select) > _LONGEST:
                return []
            pattern = f"{{ {question.select} }}"
        return self._asked(self.graph.shape(reading.details), Nodes(pattern, reading.value, keys))

    def focus_nodes(self, targets: Targets, among: str = "") -> list[Nodes]:
        """The nodes that each target names, each once in its own (section 2.1.3).

        Args:
            targets: of a shape.
            among: a pattern that binds the nodes that are wanted; all where there is none.
        """
        found = []
        if folded_of(each for each in targets.nodes if isinstance(each, Literal)):
            raise NotCompilable("the store would write a target node otherwise than the shape does")
        if targets.nodes:
            named = " ".join(map(written, dict.fromkeys(targets.nodes)))
            found.append(Nodes(f"{among} VALUES {FOCUS} {{ {named} }}", FOCUS))
        for each in dict.fromkeys(targets.classes):
            instances = self.core.instance_of(FOCUS, each)
            once = self.scope.flat and not instances.startswith("VALUES")
            pattern = f"{among} {instances}"
            found.append(Nodes(pattern if once else _distinct(pattern), FOCUS))
        for each in targets.subjects_of:
            having = each if isinstance(each, NamedNode) and not among else None
            subjects = f"{among} {FOCUS} {written(each)} {self.scope.fresh()} ."
            found.append(Nodes(_distinct(subjects), FOCUS, having=having))
        objects = (f"{among} {self.scope.fresh()} {written(each)} {FOCUS} ." for each in targets.objects_of)
        found += [Nodes(_distinct(pattern), FOCUS) for pattern in objects]
        if self.scope.flat or len(found) == 1:
            return found
        # blank nodes of two answers cannot be told to be the same, so one query has to ask about all targets
        union = " UNION ".join(f"{{ {nodes.pattern} }}" for nodes in found)
        return [Nodes(_distinct(union), FOCUS)]

    def _asked(self, shape: Shape, nodes: Nodes) -> list[Question]:
        return [_question(violation) for violation in self._violations(shape, nodes)]

    def _violations(self, shape: Shape, nodes: Nodes) -> Iterator[Violation]:
        """All that can be wrong with `nodes` by a shape and by the property shapes in it."""
        if self.graph.is_deactivated(shape.node):
            return
        if shape.node in self._open:
            raise NotCompilable("the shape refers to itself")
        self._open.append(shape.node)
        try:
            values = self.scope.values(nodes, shape)
            yield from self.core.violations(shape, nodes, values)
            yield from self.logic.violations(shape, nodes, values)
            yield from self.sparql.violations(shape, nodes, values)
            for each in self.graph.values(shape, "property"):
                inner = self.graph.shape(each)
                if inner.path is None:
                    raise ShapesError(f"sh:property of {shape.node} names {each}, which has no sh:path")
                yield from self._violations(inner, values)
        finally:
            self._open.pop()

    def _failing(self, node: Term, nodes: Nodes) -> str | None:
        """A pattern that binds each of `nodes` that does not conform to a shape; None when all do."""
        found = list(self._violations(self.graph.shape(node), nodes))
        if not found:
            return None
        union = " UNION ".join(f"{{ {violation.query or violation.pattern} }}" for violation in found)
        return f"{{ SELECT DISTINCT {nodes.var} WHERE {{ {union} }} }}"


def _distinct(pattern: str) -> str:
    return f"{{ SELECT DISTINCT {FOCUS} WHERE {{ {pattern} }} }}"


def _values(variables: tuple[str, ...], rows: Sequence[Mapping[str, Term | None]]) -> str | None:
    """The values of some variables as a query can name them; None where one of them is a blank node."""
    found = dict.fromkeys(tuple(row.get(each) for each in variables) for row in rows)
    if any(not isinstance(term, NamedNode | Literal) for values in found for term in values):
        return None
    lines = " ".join(
        f"( {' '.join(written(term) for term in values if term is not None)} )" for values in found
    )
    return f"VALUES ( {' '.join(variables)} ) {{ {lines} }}"


def _question(violation: Violation) -> Question:
    nodes = violation.nodes
    if violation.query is not None:
        return Question(violation.query, nodes.var, nodes.carried, violation.readings)
    wanted = dict.fromkeys((*nodes.carried, nodes.var))
    for reading in violation.readings:
        wanted.update(dict.fromkeys(each for each in (reading.value, reading.path) if each is not None))
    computed = [f"({expression} AS {var})" for var, expression in violation.computed]
    select = f"SELECT DISTINCT {' '.join((*wanted, *computed))} WHERE {{ {violation.pattern} }}"
    return Question(select, nodes.var, nodes.carried, violation.readings)
