"""Validates a graph: every shape that compiles is asked in SPARQL, the others go to the reference engine."""

from __future__ import annotations

from functools import cache as cache_once
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from pyoxigraph import NamedNode, Quad, Store

from unpact.graph.memory import MemoryGraph
from unpact.shacl.again import Again
from unpact.shacl.folding import Folds, folds_of
from unpact.shacl.plan import Compiler
from unpact.shacl.run import Answer, Result, answers_to, subclasses_in
from unpact.shacl.scope import NotCompilable
from unpact.shacl.sparql import SHAPES_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pyoxigraph import Triple

    from unpact.graph.interface import Graph
    from unpact.shacl.again import Known
    from unpact.shacl.plan import Question
    from unpact.shacl.shapes import Shape, ShapesGraph

EngineName: TypeAlias = Literal["set", "pyshacl"]

_DATA_GRAPH = "urn:x-unpact:data-graph"


class Data(NamedTuple):
    """A graph to validate.

    Args:
        graph: to ask.
        triples: gives its triples as they were written, for the reference engine.
        flat: whether all of them lie in one graph.
        folds: what the graph's store does not keep as it is written.
    """

    graph: Graph
    triples: Callable[[], Iterable[Triple]]
    flat: bool = True
    folds: Folds = Folds()


class Outcome(NamedTuple):
    """What a validation found.

    Args:
        answers: of each shape with targets that was asked in SPARQL, in no particular order.
        referred: the results of the reference engine.
        beyond: the shapes that the reference engine had to ask, each with the reason.
    """

    answers: dict[Shape, list[Answer]]
    referred: list[Result]
    beyond: dict[Shape, str]

    @property
    def results(self) -> list[Result]:
        """All results."""
        return [*(each.result for answers in self.answers.values() for each in answers), *self.referred]


def in_memory(triples: Iterable[Triple]) -> Data:
    """A graph of some triples in the embedded engine."""
    kept = list(triples)
    store = Store()
    store.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in kept)
    return Data(MemoryGraph(store), lambda: kept, folds=folds_of(kept))


def validate_graph(
    data: Data,
    shapes: ShapesGraph,
    *,
    engine: EngineName = "set",
    known: Known | None = None,
    details: bool = True,
) -> Outcome:
    """Validate a graph (SHACL, section 3).

    Args:
        data: to validate.
        shapes: all that have targets are asked.
        engine: `set` for one query a constraint, `pyshacl` for the reference engine alone.
        known: from before; what the changes since then cannot affect is not asked again.
        details: whether the results of `sh:node` are to say what the values fail.

    Raises:
        ShapesError: for shapes that SHACL does not allow.
        StoreError: when the graph does not answer.
    """
    if engine == "pyshacl":
        return Outcome({}, _by_reference(data, shapes, None), {})
    compiler = Compiler(shapes, subclasses_in(data.graph), flat=data.flat, folds=data.folds)
    again = None
    if known is not None and isinstance(data.graph, MemoryGraph) and data.folds == Folds():
        again = Again(known, shapes, data.graph)
    together = cache_once(lambda: _together(data, shapes))
    answers: dict[Shape, list[Answer]] = {}
    beyond: dict[Shape, str] = {}
    for shape in shapes.with_targets():
        found = None if again is None else again.answers(shape, compiler, details=details)
        if found is None:
            try:
                questions = compiler.questions(shape)
            except NotCompilable as reason:
                beyond[shape] = str(reason)
                continue
            found = _asked(data, together, questions, compiler if details else None)
        answers[shape] = found
    return Outcome(answers, _by_reference(data, shapes, list(beyond)) if beyond else [], beyond)


def _asked(
    data: Data, together: Callable[[], Graph], questions: list[Question], compiler: Compiler | None
) -> list[Answer]:
    answers: list[Answer] = []
    for question in questions:
        if SHAPES_GRAPH in question.select:
            answers += answers_to(together(), [_of_both_graphs(question)])
        else:
            answers += answers_to(data.graph, [question], compiler)
    return [_as_written(answer, data.folds) for answer in answers] if data.folds.originals else answers


def _together(data: Data, shapes: ShapesGraph) -> Graph:
    """A graph in which the shapes graph has a name beside the data."""
    store = Store()
    for name, triples in ((_DATA_GRAPH, data.triples()), (SHAPES_GRAPH, shapes.triples)):
        graph = NamedNode(name)
        store.extend(Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)
    return MemoryGraph(store)


def _of_both_graphs(question: Question) -> Question:
    """A question with $shapesGraph, put to what `_together` makes."""
    dataset = f" FROM <{_DATA_GRAPH}> FROM NAMED <{SHAPES_GRAPH}> WHERE"
    return question._replace(select=question.select.replace(" WHERE", dataset, 1))


def _by_reference(data: Data, shapes: ShapesGraph, asked: list[Shape] | None) -> list[Result]:
    # pyshacl takes a quarter of a second to import
    from unpact.shacl.reference import results_of_reference

    return results_of_reference(shapes, asked, data.triples())


def _as_written(answer: Answer, folds: Folds) -> Answer:
    result = answer.result
    if result.value is None:
        return answer
    value = folds.original(result.focus, result.path, result.value)
    return answer._replace(result=result._replace(value=value))
