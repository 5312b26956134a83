"""Tries changes of a copy of the data: what do the shapes find that they did not find before?"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Quad, Store

from unpact.graph.memory import MemoryGraph
from unpact.shacl.plan import Compiler
from unpact.shacl.run import ask, subclasses_in
from unpact.validate.explain.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from unpact.shacl.engine import Data
    from unpact.shacl.plan import Question
    from unpact.shacl.run import Result
    from unpact.shacl.shapes import Shape
    from unpact.shacl.triples import Term
    from unpact.validate.shapes import Shapes

_Key = tuple[object, ...]


class Change(NamedTuple):
    """One mistake.

    Args:
        removed: triples that somebody forgot or wrote wrongly.
        added: triples that somebody wrote instead, or too many.
    """

    removed: tuple[Triple, ...] = ()
    added: tuple[Triple, ...] = ()


class Trial:
    """The data to change, and the questions of the shapes.

    Args:
        data: it is copied.
        shapes: to ask.
    """

    def __init__(self, data: Data, shapes: Shapes) -> None:
        self.store = Store()
        self.store.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in _distinct(data))
        self.facts = Facts(self.store)
        self._graph = MemoryGraph(self.store)
        self._shapes = shapes
        self._compiler = Compiler(shapes.graph, subclasses_in(self._graph), folds=data.folds)
        self._questions: dict[Shape, list[Question]] = {}
        self._before: dict[Shape, frozenset[_Key]] = {}

    def focus_nodes(self, root: Shape) -> set[Term]:
        """The nodes that the targets of a shape name.

        Raises:
            NotCompilable: when no query can tell.
        """
        found: set[Term] = set()
        for nodes in self._compiler.focus_nodes(root.targets):
            rows = self._graph.select(f"SELECT DISTINCT {nodes.var} WHERE {{ {nodes.pattern} }}")
            found.update(row[0] for row in rows if row[0] is not None)
        return found

    def failing(self, root: Shape) -> set[Term]:
        """The focus nodes of a shape that fail it as the data is.

        Raises:
            NotCompilable: when no query can tell.
        """
        return {result.focus for result in self._results(root)}

    def new_checks(self, root: Shape, change: Change) -> set[str]:
        """The checks inside a shape that find something because of a change.

        Raises:
            NotCompilable: when no query can tell.
        """
        if root not in self._before:
            self._before[root] = frozenset(map(_key, self._results(root)))
        with self._changed(change):
            results = list(self._results(root))
        return {
            self._shapes.check(each.shape.node) for each in results if _key(each) not in self._before[root]
        }

    def _results(self, root: Shape) -> Iterator[Result]:
        if root not in self._questions:
            self._questions[root] = self._compiler.questions(root)
        return ask(self._graph, self._questions[root], self._compiler)

    @contextmanager
    def _changed(self, change: Change) -> Iterator[None]:
        """The store with a change and the types that follow from it; afterwards it is as it was before."""
        added = [*change.added, *(each for triple in change.added for each in self.facts.implied(triple))]
        fresh = {quad for quad in map(_quad, added) if quad not in self.store}
        gone = {quad for quad in map(_quad, change.removed) if quad in self.store} - fresh
        for quad in gone:
            self.store.remove(quad)
        self.store.extend(fresh)
        try:
            yield
        finally:
            for quad in fresh:
                self.store.remove(quad)
            self.store.extend(gone)


def _distinct(data: Data) -> Iterator[Triple]:
    graph = data.graph
    if isinstance(graph, MemoryGraph):
        return (quad.triple for quad in graph.store)
    return iter(dict.fromkeys(data.triples()))


def _quad(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object)


def _key(result: Result) -> _Key:
    return (result.focus, result.shape.node, result.component, result.value, result.path)
