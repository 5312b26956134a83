"""Solutions as they were found, and what they say of the parts of a query."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from pyoxigraph import Literal

from unpact.why import plan
from unpact.why.scope import mentioned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unpact.graph.interface import Term
    from unpact.query import algebra as alg
    from unpact.why.opening import Opened
    from unpact.why.parts import PathStep
    from unpact.why.ways import Pair

    Key = tuple[Term | None, ...]
    Values = Mapping[str, Term | None]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found:
    """A solution: the values of its variables (``?name``), markers included, and how often it is given."""

    values: Values
    times: int


@dataclass(frozen=True, slots=True)
class Behind:
    """The solutions behind one row.

    Args:
        query: with a name for each key of GROUP BY.
        variables: the columns of the row, as ``?name``.
        opened: the pattern that they are solutions of.
        columns: the variables that tell them apart: the keys, where the query has groups.
        groups: the values of these, with the solutions that have them.
    """

    query: alg.Query
    variables: tuple[str, ...]
    opened: Opened
    columns: tuple[str, ...]
    groups: tuple[tuple[Key, tuple[Found, ...]], ...]


@dataclass(slots=True)
class Lookups(Generic[T]):
    """What has been looked up for some solutions."""

    paths: dict[alg.Path, dict[Pair, tuple[PathStep, ...] | None]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    rows: dict[plan.SubSelect, dict[Key, T | None]] = field(default_factory=lambda: defaultdict(dict))
    tests: dict[plan.Test, dict[Key, T | None]] = field(default_factory=lambda: defaultdict(dict))


def shared(node: plan.Test) -> tuple[str, ...]:
    """The variables that the pattern of a test has in common with what is around it."""
    return tuple(sorted(node.seen & set(mentioned(node.group))))


def inside(node: plan.Node, values: Values) -> tuple[plan.Node, ...]:
    """What stands inside of a part of the plan, as far as it matched."""
    match node:
        case plan.Optional():
            return node.inside if values.get(node.marker) is not None else ()
        case plan.Union():
            return node.branches[number(values, node.marker) - 1]
        case plan.Filter() | plan.Bind():
            return node.tests
        case _:
            return ()


def number(values: Values, marker: str) -> int:
    """The number that a marker is bound to."""
    found = values.get(marker)
    return int(found.value) if isinstance(found, Literal) else 0
