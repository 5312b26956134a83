"""Validates again what a change can affect, and keeps what is known of everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from unpact.shacl.footprint import Touched
from unpact.shacl.looks import Looks
from unpact.shacl.marks import marked, marking
from unpact.shacl.plan import FOCUS
from unpact.shacl.run import answers_to

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unpact.graph.memory import MemoryGraph
    from unpact.shacl.looks import Changes
    from unpact.shacl.plan import Compiler
    from unpact.shacl.run import Answer
    from unpact.shacl.shapes import Shape, ShapesGraph


class Known(NamedTuple):
    """What is known from an earlier validation of almost the same graph by the same shapes.

    Args:
        answers: then, by the shape with targets that was asked.
        changes: by which the graph differs from what it was.
    """

    answers: Mapping[Shape, Sequence[Answer]]
    changes: Changes


class Again:
    """A validation that follows another one.

    Args:
        known: from the other one.
        shapes: the same as then.
        graph: the data as it is now.
    """

    def __init__(self, known: Known, shapes: ShapesGraph, graph: MemoryGraph) -> None:
        self._known = known
        self._store = graph.store
        self._looks = Looks(shapes, graph.store, known.changes)
        self._touched = Touched(known.changes, graph.store)

    def answers(self, shape: Shape, compiler: Compiler, *, details: bool) -> list[Answer] | None:
        """The answers of a shape; None where it has to be asked of all its nodes.

        Args:
            shape: with targets.
            compiler: makes its questions.
            details: whether results are to say what the values of `sh:node` fail.
        """
        before = self._known.answers.get(shape)
        if before is None or self._known.changes.of_hierarchy:
            return None
        nodes = self._looks.affected(shape)
        if nodes is None:
            # the questions of then may have named more classes than those of now, all of them below these
            touched = any(map(self._touched.may_change, compiler.questions(shape)))
            return None if touched else list(before)
        found = [answer for answer in before if answer.target not in nodes]
        if nodes:
            limited = compiler.questions(shape, marked(FOCUS))
            with marking(self._store, nodes) as graph:
                found += answers_to(graph, limited, compiler if details else None)
        return found
