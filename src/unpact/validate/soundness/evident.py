"""Whether shapes and data meet in every respect, as far as a few look-ups can tell.

Where they cannot, what is wrong is found in an index of all triples. That takes longer to build than the
triples take to load, and data that is validated again and again rarely needs it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.errors import UsageError
from unpact.query.terms import to_sparql
from unpact.shacl.shapes import SUBCLASS, TYPE
from unpact.validate.soundness.known import named_iris, unknown_iris
from unpact.validate.soundness.meeting import is_vocabulary
from unpact.validate.soundness.reach import targeted_shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from unpact.graph.interface import Graph
    from unpact.shacl.shapes import Targets
    from unpact.shacl.triples import Term
    from unpact.validate.soundness.reporting import Reporter

_ANYTHING = "ASK { ?subject ?used ?object }"
_CLASSES = f"SELECT DISTINCT ?class WHERE {{ ?instance <{TYPE.value}> ?class }}"
_SUBCLASSES = f"SELECT DISTINCT ?sub ?sup WHERE {{ ?sub <{SUBCLASS.value}> ?sup }}"
_IS_USED = "EXISTS { ?subject ?iri ?object }"
_IS_NAMED = f"EXISTS {{ ?iri ?used ?object }} || {_IS_USED} || EXISTS {{ ?subject ?used ?iri }}"


def meets(reporter: Reporter, graph: Graph, known: AbstractSet[str], *, targets: bool) -> bool:
    """Whether nothing can be wrong with how shapes and data meet.

    Args:
        reporter: of the shapes.
        graph: the data.
        known: the IRIs that shapes may name and the data need not have.
        targets: whether there are any.
    """
    return (
        graph.ask(_ANYTHING)
        and _all_known(reporter, graph, known)
        and (not targets or _all_targeted(reporter, graph))
    )


def _all_known(reporter: Reporter, graph: Graph, known: AbstractSet[str]) -> bool:
    """Whether all that shapes name is in the data, or known otherwise."""
    there = _having(graph, map(NamedNode, named_iris(reporter)), _IS_NAMED)
    found = {each.value for each in there if isinstance(each, NamedNode)}
    return not any(unknown_iris(reporter, found | known))


def _all_targeted(reporter: Reporter, graph: Graph) -> bool:
    """Whether each shape has a target in the data, and of each class an instance is such a target."""
    targets = [shape.targets for shape in targeted_shapes(reporter.shapes)]
    data = _Targeted(graph, targets)
    return all(map(data.reached, targets)) and all(map(data.covered, data.classes))


class _Targeted:
    """What some targets name in the data."""

    def __init__(self, graph: Graph, targets: list[Targets]) -> None:
        self._graph = graph
        self._below: dict[Term | None, list[Term | None]] = {}
        for sub, sup in graph.select(_SUBCLASSES):
            self._below.setdefault(sup, []).append(sub)
        self.classes = {row[0] for row in graph.select(_CLASSES)}
        self._named = _having(graph, (each for of in targets for each in of.nodes), _IS_NAMED)
        self._subjects_of = _having(graph, (each for of in targets for each in of.subjects_of), _IS_USED)
        self._objects_of = _having(graph, (each for of in targets for each in of.objects_of), _IS_USED)
        self._targeted = self._with_lower(cls for of in targets for cls in of.classes)

    def reached(self, targets: Targets) -> bool:
        """Whether some targets name anything in the data."""
        return not (
            self.classes.isdisjoint(self._with_lower(targets.classes))
            and self._named.isdisjoint(targets.nodes)
            and self._subjects_of.isdisjoint(targets.subjects_of)
            and self._objects_of.isdisjoint(targets.objects_of)
        )

    def covered(self, cls: Term | None) -> bool:
        """Whether some instance of a class is a target, or none need be."""
        if not isinstance(cls, NamedNode) or is_vocabulary(cls) or cls in self._targeted:
            return True
        return any(
            self._graph.ask(f"ASK {{ ?instance <{TYPE.value}> {written} . {target} }}")
            for written in _written((cls,))
            for target in self._patterns
        )

    @cached_property
    def _patterns(self) -> list[str]:
        """What holds of an `?instance` that is a target, each in a pattern."""
        of_class = f"?instance <{TYPE.value}> ?iri"
        wanted = (
            (of_class, self._targeted & self.classes),
            ("?instance ?iri ?object", self._subjects_of),
            ("?subject ?iri ?instance", self._objects_of),
        )
        return [
            f"{pattern} FILTER(?iri IN ({', '.join(_written(iris))}))" for pattern, iris in wanted if iris
        ]

    def _with_lower(self, classes: Iterable[Term]) -> frozenset[Term | None]:
        """Classes with those below them, as the data has them."""
        found: set[Term | None] = set()
        todo: list[Term | None] = list(classes)
        while todo:
            each = todo.pop()
            if each not in found:
                found.add(each)
                todo += self._below.get(each, ())
        return frozenset(found)


def _having(graph: Graph, terms: Iterable[Term], condition: str) -> set[Term]:
    """The IRIs among some terms of which a condition on `?iri` holds."""
    iris = " ".join(_written(terms))
    rows = graph.select(f"SELECT ?iri WHERE {{ VALUES ?iri {{ {iris} }} FILTER({condition}) }}")
    return {row[0] for row in rows if row[0] is not None}


def _written(terms: Iterable[Term | None]) -> Iterator[str]:
    """The IRIs as SPARQL; without those that it cannot write, of which nothing is found then."""
    for term in dict.fromkeys(terms):
        if isinstance(term, NamedNode):
            try:
                yield to_sparql(term)
            except UsageError:
                continue
