"""What to look up for a solution of an opened query: its WHERE clause, with markers for what matched.

Each class stands for one construct. `graph` is the text of the graph that GRAPH names around it, `seen` the
variables (``?name``) whose values it knew when it was evaluated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from unpact.query import algebra as alg
    from unpact.query.tokens import Token


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """A triple pattern or a property path."""

    pattern: alg.TriplePattern
    graph: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Optional:
    """An OPTIONAL; `marker` is bound where it matched."""

    marker: str
    inside: tuple[Node, ...]
    group: alg.Group
    seen: frozenset[str]
    graph: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Union:
    """A UNION; `marker` is the number of the branch, from 1."""

    marker: str
    branches: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Test:
    """The pattern of EXISTS, NOT EXISTS or MINUS.

    `alone` when it is a FILTER by itself, so that its outcome is known; else it is part of an expression.
    `supports` when the row rests on what it matches.
    """

    keyword: str
    group: alg.Group
    seen: frozenset[str]
    graph: str | None
    alone: bool
    supports: bool


@dataclass(frozen=True, slots=True, eq=False)
class Filter:
    """A FILTER with an expression."""

    expression: tuple[Token, ...]
    seen: frozenset[str]
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Bind:
    """A BIND, or a computed column."""

    variable: str
    expression: tuple[Token, ...]
    seen: frozenset[str]
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """A VALUES block; `marker` is the number of the line, from 1."""

    marker: str
    names: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class SubSelect:
    """A sub-select; its rows are explained by themselves."""

    query: alg.Query
    columns: tuple[str, ...]
    graph: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Service:
    """A SERVICE; what is behind it is not looked up."""

    head: str
    group: alg.Group


Node: TypeAlias = Leaf | Optional | Union | Test | Filter | Bind | Values | SubSelect | Service
