"""Reads the validation reports of several engines, and says how two of them differ."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse

from unpact.names import RDF, SH

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Literal, Triple

    Term = NamedNode | BlankNode | Literal | Triple

TYPE = NamedNode(RDF + "type")
REPORT, RESULT = NamedNode(SH + "ValidationReport"), NamedNode(SH + "result")
FIELDS = tuple(
    NamedNode(SH + name)
    for name in ("focusNode", "resultPath", "value", "sourceShape", "sourceConstraintComponent")
)


class Result(NamedTuple):
    """What the engines have to agree on; a blank node is only `_:`, since each process names them anew."""

    focus: str
    path: str
    value: str
    shape: str
    component: str


class Difference(NamedTuple):
    """How one report differs from another.

    Args:
        missing: how many results of each component the second report lacks.
        surplus: how many it has beyond the first.
        partly: how many of them the two agree on but for the path or the value.
    """

    missing: Counter[str]
    surplus: Counter[str]
    partly: int

    def __str__(self) -> str:
        if not self.missing and not self.surplus:
            return "same results"
        parts = [
            f"{found.total()} {word} ({', '.join(f'{name} {count}' for name, count in found.most_common())})"
            for word, found in (("missing", self.missing), ("more", self.surplus))
            if found
        ]
        if self.partly:
            parts.append(f"{self.partly} of them differ in path or value only")
        return ", ".join(parts)


def read(path: Path, syntax: RdfFormat) -> Counter[Result] | None:
    """The results of a report, without those nested in others; None where there is no report.

    Raises:
        SyntaxError: when the file is not what its engine was asked for.
    """
    found: dict[object, dict[NamedNode, Term]] = {}
    results: list[object] = []
    reported = False
    for quad in parse(path=path, format=syntax):
        if quad.predicate == RESULT:
            results.append(quad.object)
        elif quad.predicate in FIELDS:
            found.setdefault(quad.subject, {})[quad.predicate] = quad.object
        elif quad.predicate == TYPE and quad.object == REPORT:
            reported = True
    if not reported:
        return None
    return Counter(Result(*(_named(found[node].get(field)) for field in FIELDS)) for node in results)


def compare(first: Counter[Result], second: Counter[Result]) -> Difference:
    """What `second` lacks of `first`, and what it has beyond."""
    missing, surplus = first - second, second - first
    partly = _without_values(missing) & _without_values(surplus)
    return Difference(_components(missing), _components(surplus), partly.total())


def _named(term: Term | None) -> str:
    if term is None:
        return ""
    return "_:" if isinstance(term, BlankNode) else str(term)


def _components(results: Counter[Result]) -> Counter[str]:
    found: Counter[str] = Counter()
    for result, count in results.items():
        local = result.component.strip("<>").removeprefix(SH)
        found[local.removesuffix("ConstraintComponent")] += count
    return found


def _without_values(results: Counter[Result]) -> Counter[tuple[str, str, str]]:
    found: Counter[tuple[str, str, str]] = Counter()
    for result, count in results.items():
        found[result.focus, result.shape, result.component] += count
    return found
