"""What an explanation of a row is made of: one class for each construct of a WHERE clause.

The parts of a solution stand in the order of the query. Patterns are SPARQL text to be read with the
`prologue` of their explanation; "filled in" means that the values of the row stand in place of its variables.
A blank node cannot be named in a query: filled in, it is ``_:name``, and the text is for reading only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from unpact.graph.interface import Term
from unpact.why.triples import Fact, PathStep

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "Aggregate",
    "Assignment",
    "Binding",
    "ExistsMatch",
    "Explanation",
    "Fact",
    "Failure",
    "FilterTest",
    "Group",
    "Negation",
    "OptionalMatch",
    "OptionalMiss",
    "Part",
    "PathMatch",
    "PathStep",
    "ServiceCall",
    "Solution",
    "SubSelect",
    "TripleMatch",
    "UnionBranch",
    "ValuesLine",
    "facts",
    "facts_of_parts",
]

#: A variable, without ``?``, and its value; None where it is unbound.
Binding: TypeAlias = tuple[str, Term | None]


@dataclass(frozen=True, slots=True)
class TripleMatch:
    """A triple pattern, and the triple that it matched; `graph` is the one that GRAPH names, if any."""

    pattern: str
    fact: Fact
    graph: Term | None = None


@dataclass(frozen=True, slots=True)
class PathMatch:
    """A property path (SPARQL 1.1, section 9), and a shortest way from `subject` to `object`.

    Repeated parts (``*``, ``+``) are repeated as seldom as possible. `steps` is empty where the path has
    length zero, and None where the way cannot be looked up: a remote store names blank nodes anew in each
    answer.
    """

    pattern: str
    subject: Term
    object: Term
    steps: tuple[PathStep, ...] | None
    graph: Term | None = None


@dataclass(frozen=True, slots=True)
class OptionalMatch:
    """An OPTIONAL that matched."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class OptionalMiss:
    """An OPTIONAL that did not match: what was looked for, filled in."""

    looked_for: str


@dataclass(frozen=True, slots=True)
class UnionBranch:
    """The branch of a UNION that matched: its number, counted from 1, of how many."""

    number: int
    of: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ExistsMatch:
    """An EXISTS that is true: its pattern, filled in, and the solutions that it has.

    `supports` is False where the expression around it turns it round, so that the row does not rest on it.
    """

    looked_for: str
    explanation: Explanation
    supports: bool = True


@dataclass(frozen=True, slots=True)
class Negation:
    """A pattern that nothing matched.

    Args:
        keyword: ``NOT EXISTS``, ``MINUS``, or ``EXISTS`` for a test inside an expression that is false.
        looked_for: the pattern, filled in.
        shared: the values that were filled in. A MINUS without any takes nothing away, whatever it matches.
        candidates: how many solutions the pattern has when only its constants are fixed: among so many the
            row was looked for.
        at_least: the counting was ended there, and there are more.
    """

    keyword: str
    looked_for: str
    shared: tuple[Binding, ...]
    candidates: int
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class FilterTest:
    """A FILTER with its expression, as written and filled in, and what became of each EXISTS in it."""

    expression: str
    filled: str
    tests: tuple[ExistsMatch | Negation, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """A BIND, or an expression of SELECT or GROUP BY: the expression, as written and filled in, and what it
    gave; None where it failed.
    """

    variable: str
    expression: str
    filled: str
    value: Term | None
    tests: tuple[ExistsMatch | Negation, ...] = ()


@dataclass(frozen=True, slots=True)
class ValuesLine:
    """The line of a VALUES block that matched: its number, counted from 1, of how many; None for UNDEF."""

    number: int
    of: int
    cells: tuple[Binding, ...]


@dataclass(frozen=True, slots=True)
class SubSelect:
    """A row of a sub-select, with an explanation of its own."""

    explanation: Explanation


@dataclass(frozen=True, slots=True)
class ServiceCall:
    """A SERVICE, whose triples are not of this graph: its head and its pattern, filled in."""

    head: str
    looked_for: str


Part: TypeAlias = (
    TripleMatch
    | PathMatch
    | OptionalMatch
    | OptionalMiss
    | UnionBranch
    | ExistsMatch
    | Negation
    | FilterTest
    | Assignment
    | ValuesLine
    | SubSelect
    | ServiceCall
)


@dataclass(frozen=True, slots=True)
class Solution:
    """One solution of the WHERE clause; `times` when the engine gives it more than once."""

    parts: tuple[Part, ...]
    times: int = 1


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A column computed over a group, and its value."""

    variable: str
    expression: str
    value: Term | None


@dataclass(frozen=True, slots=True)
class Group:
    """A group behind a row of a query that aggregates: its keys, and how many solutions it has."""

    keys: tuple[Binding, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a pattern has no solution: the beginning that still has some, and the part that goes with none.

    Args:
        matched: the elements before, as SPARQL; empty when the first one matches nothing.
        solutions: how many these have; `at_least` when the counting was ended there.
        failed: the element that goes with none of them.
    """

    matched: str
    solutions: int
    at_least: bool
    failed: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a row is in an answer.

    Args:
        variables: the columns, without ``?``.
        row: their values; for CONSTRUCT and DESCRIBE subject, predicate and object.
        solutions: all solutions of the pattern that stand behind the row, each once, sorted; of an ASK that
            is true one alone.
        count: their number, with those that the engine gives more than once.
        groups: where the query aggregates, the groups that give this row; mostly one.
        aggregates: the columns that were computed over it.
        having: what stands behind HAVING.
        failure: where there is no solution, why.
        prologue: the PREFIX and BASE lines of the query.
    """

    variables: tuple[str, ...]
    row: tuple[Term | None, ...]
    solutions: tuple[Solution, ...]
    count: int
    groups: tuple[Group, ...] = ()
    aggregates: tuple[Aggregate, ...] = ()
    having: str = ""
    failure: Failure | None = None
    prologue: str = ""


def facts(explanation: Explanation) -> tuple[Fact, ...]:
    """All triples that `explanation` names, nested ones included, each once, in order."""
    return tuple(dict.fromkeys(_of_explanation(explanation)))


def _of_explanation(explanation: Explanation) -> Iterator[Fact]:
    for solution in explanation.solutions:
        yield from facts_of_parts(solution.parts)


def facts_of_parts(parts: Iterable[Part]) -> Iterator[Fact]:
    """The triples of some parts of a solution, in order."""
    for part in parts:
        match part:
            case TripleMatch():
                yield part.fact
            case PathMatch():
                yield from (step.fact for step in part.steps or ())
            case OptionalMatch() | UnionBranch():
                yield from facts_of_parts(part.parts)
            case SubSelect():
                yield from _of_explanation(part.explanation)
            case ExistsMatch() if part.supports:
                yield from _of_explanation(part.explanation)
            case FilterTest() | Assignment():
                yield from facts_of_parts(part.tests)
