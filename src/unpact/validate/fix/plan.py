"""The questions of all shapes, compiled once, of which a trial asks those that look at what it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.shacl.engine import in_memory, validate_graph
from unpact.shacl.folding import Folds
from unpact.shacl.plan import Compiler
from unpact.shacl.run import ask, subclasses_in
from unpact.shacl.scope import NotCompilable
from unpact.shacl.sparql import SHAPES_GRAPH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pyoxigraph import NamedNode, Triple

    from unpact.shacl.engine import Data
    from unpact.shacl.plan import Question
    from unpact.shacl.run import Result
    from unpact.shacl.shapes import ShapesGraph


class Plan:
    """What to ask of data that differs from other data in literals alone.

    Args:
        shapes: all of them.
        questions: theirs; None where some shape has to be asked in another way.
    """

    def __init__(self, shapes: ShapesGraph, questions: list[Question] | None) -> None:
        self._shapes = shapes
        self._questions = questions

    @classmethod
    def of(cls, triples: Iterable[Triple], shapes: ShapesGraph) -> Plan:
        """The plan for some triples, whose classes the questions are made after."""
        data = in_memory(triples)
        compiler = Compiler(shapes, subclasses_in(data.graph))
        questions: list[Question] = []
        try:
            for shape in shapes.with_targets():
                questions += compiler.questions(shape)
        except NotCompilable:
            return cls(shapes, None)
        alone = all(SHAPES_GRAPH not in question.select for question in questions)
        return cls(shapes, questions if alone else None)

    def results(self, data: Data, properties: Collection[NamedNode]) -> list[Result]:
        """All that is found about some properties, and maybe more.

        Args:
            data: with the same classes as that which the plan was made for.
            properties: whose values are looked at.
        """
        # what the store would fold may need the reference engine
        if self._questions is None or data.folds != Folds():
            return validate_graph(data, self._shapes).results
        names = [f"<{each.value}>" for each in properties]
        asked = [each for each in self._questions if _looks_at(each, names)]
        return list(ask(data.graph, asked))


def _looks_at(question: Question, names: Iterable[str]) -> bool:
    # the author of a query may have written names in any form, and a closed shape looks at all properties
    if any(each.source is not None or each.bound is not None or each.path for each in question.readings):
        return True
    texts = [each.select for each in (question, *question.others)]
    return any(name in text for name in names for text in texts)
