"""Validates a graph: every shape that compiles is asked in SPARQL, the others go to the reference engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from unpact.shacl.folding import Folds, folds_of
from unpact.shacl.plan import Compiler
from unpact.shacl.run import Result, ask, subclasses_in
from unpact.shacl.scope import NotCompilable
from unpact.shacl.sparql import SHAPES_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pyoxigraph import Triple

    from unpact.graph.interface import Graph
    from unpact.shacl.footprint import Changes
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
        results: in no particular order.
        beyond: the shapes that the reference engine had to ask, each with the reason.
    """

    results: list[Result]
    beyond: dict[Shape, str]


def in_memory(triples: Iterable[Triple]) -> Data:
    """A graph of some triples in the embedded engine."""
    from pyoxigraph import Quad, Store

    from unpact.graph.memory import MemoryGraph

    kept = list(triples)
    store = Store()
    store.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in kept)
    return Data(MemoryGraph(store), lambda: kept, folds=folds_of(kept))


def validate_graph(
    data: Data,
    shapes: ShapesGraph,
    *,
    engine: EngineName = "set",
    changes: Changes | None = None,
    details: bool = True,
) -> Outcome:
    """Validate a graph (SHACL, section 3).

    Args:
        data: to validate.
        shapes: all that have targets are asked.
        engine: `set` for one query a constraint, `pyshacl` for the reference engine alone.
        changes: since the graph was last known to conform; what they cannot touch is not asked again.
        details: whether the results of `sh:node` are to say what the values fail.

    Raises:
        ShapesError: for shapes that SHACL does not allow.
        StoreError: when the graph does not answer.
    """
    if engine == "pyshacl":
        return Outcome(_by_reference(data, shapes, None), {})
    compiler = Compiler(shapes, subclasses_in(data.graph), flat=data.flat, folds=data.folds)
    results: list[Result] = []
    beyond: dict[Shape, str] = {}
    for shape in shapes.with_targets():
        try:
            questions = compiler.questions(shape)
        except NotCompilable as reason:
            beyond[shape] = str(reason)
        else:
            for question in questions:
                if changes is not None and not changes.touch(question):
                    continue
                if SHAPES_GRAPH in question.select:
                    results += ask(*_with_shapes_graph(data, shapes, question))
                else:
                    results += ask(data.graph, [question], compiler if details else None)
    if data.folds.originals:
        results = [_as_written(result, data.folds) for result in results]
    if beyond:
        results += _by_reference(data, shapes, list(beyond))
    return Outcome(results, beyond)


def _with_shapes_graph(data: Data, shapes: ShapesGraph, question: Question) -> tuple[Graph, list[Question]]:
    """A graph in which the shapes graph has a name beside the data, and the question put to these two."""
    from pyoxigraph import NamedNode, Quad, Store

    from unpact.graph.memory import MemoryGraph

    store = Store()
    for name, triples in ((_DATA_GRAPH, data.triples()), (SHAPES_GRAPH, shapes.triples)):
        graph = NamedNode(name)
        store.extend(Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)
    dataset = f" FROM <{_DATA_GRAPH}> FROM NAMED <{SHAPES_GRAPH}> WHERE"
    return MemoryGraph(store), [question._replace(select=question.select.replace(" WHERE", dataset, 1))]


def _by_reference(data: Data, shapes: ShapesGraph, asked: list[Shape] | None) -> list[Result]:
    # pyshacl takes a quarter of a second to import
    from unpact.shacl.reference import results_of_reference

    return results_of_reference(shapes, asked, data.triples())


def _as_written(result: Result, folds: Folds) -> Result:
    if result.value is None:
        return result
    return result._replace(value=folds.original(result.focus, result.path, result.value))
