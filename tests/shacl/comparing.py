"""Results of two engines, or of an engine and an expected report, in a form that compares."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode

from unpact.shacl.paths import read_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.shacl.run import Result
    from unpact.shacl.triples import Term, Triples

Key = tuple[object, ...]


def keys(
    results: Iterable[Result], shapes: Triples, *, details: bool = False, messages: bool = False
) -> Counter[Key]:
    """How often each result comes.

    Args:
        results: of a validation.
        shapes: the graph that paths stand in.
        details: whether the results of nested shapes count too.
        messages: whether the messages of the shapes' author count too.
    """
    return Counter(key(result, shapes, details=details, messages=messages) for result in results)


def key(result: Result, shapes: Triples, *, details: bool, messages: bool) -> Key:
    nested = keys(result.details, shapes, details=True, messages=messages) if details else Counter()
    return (
        term(result.focus),
        path_text(shapes, result.path),
        None if result.value is None else term(result.value),
        str(result.component),
        str(result.shape.severity),
        term(result.shape.node),
        frozenset(nested.items()),
        frozenset(map(str, result.messages)) if messages and result.shape.messages else None,
    )


def path_text(shapes: Triples, path: Term | None) -> str | None:
    if path is None or isinstance(path, NamedNode):
        return None if path is None else f"<{path.value}>"
    return read_path(shapes, path).sparql


def term(node: Term) -> str:
    return "[]" if isinstance(node, BlankNode) else str(node)
