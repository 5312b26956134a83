"""Which value of a parameter each result of a report is about; SHACL's own reports do not say."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from unpact.names import SH
from unpact.shacl.shapes import SUBCLASS, TYPE, sh
from unpact.shacl.triples import Triples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

    from unpact.shacl.run import Result
    from unpact.shacl.shapes import ShapesGraph
    from unpact.shacl.triples import Term

_SUFFIX = "ConstraintComponent"
_CLASS, _HAS_VALUE = sh(f"Class{_SUFFIX}"), sh(f"HasValue{_SUFFIX}")


def with_parameters(
    results: Iterable[Result], graph: ShapesGraph, data: Iterable[Triple]
) -> Iterator[Result]:
    """The results, each with the value of its constraint's parameter where that can be told.

    A shape may have several values for one parameter, `sh:class ex:A , ex:B`; results that are alike are then
    about different ones.

    Args:
        results: of one validation.
        graph: the shapes.
        data: that was validated; read only where a parameter has several values.
    """
    triples: Triples | None = None
    for _, alike in groupby(sorted(results, key=_key), key=_key):
        group = list(alike)
        parameters = _values(group[0], graph)
        if len(parameters) > 1:
            triples = Triples(data) if triples is None else triples
            parameters = [each for each in parameters if not _is_met(group[0], each, triples)]
        if len(parameters) == 1:
            parameters *= len(group)
        # where that does not come out even, nobody can say which result is about which value
        even = len(parameters) == len(group)
        for number, result in enumerate(group):
            yield result._replace(parameter=parameters[number] if even else None)


def _values(result: Result, graph: ShapesGraph) -> list[Term]:
    """The values of the parameter of a result's constraint."""
    if not result.component.value.startswith(SH):
        return []
    name = result.component.value.removeprefix(SH).removesuffix(_SUFFIX)
    return graph.values(result.shape, f"{name[0].lower()}{name[1:]}")


def _is_met(result: Result, parameter: Term, data: Triples) -> bool:
    path = result.shape.path
    if result.component == _CLASS and result.value is not None:
        return parameter in _classes(result.value, data)
    if result.component == _HAS_VALUE and path is not None and path.predicate is not None:
        return parameter in data.objects(result.focus, path.predicate)
    return False


def _classes(node: Term, data: Triples) -> set[Term]:
    found: set[Term] = set()
    todo = list(data.objects(node, TYPE))
    while todo:
        each = todo.pop()
        if each not in found:
            found.add(each)
            todo += data.objects(each, SUBCLASS)
    return found


def _key(result: Result) -> tuple[str, ...]:
    return tuple(map(str, (result.focus, result.shape.node, result.component, result.value)))
