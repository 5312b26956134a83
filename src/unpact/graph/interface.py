"""What every graph can do, whichever engine holds it.

Nothing above this package may depend on an engine. Terms are pyoxigraph's (`NamedNode`, `BlankNode`,
`Literal`, `Triple`) everywhere. The default graph of a query without FROM is the union of the named graphs;
`GRAPH ?g { ... }` sees each on its own.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Protocol, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unpact.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Row: TypeAlias = tuple[Term | None, ...]


class Solutions:
    """The answer of a SELECT query: column names and rows, read once, in the order of the query.

    Args:
        variables: the projected names, without `?`.
        rows: one tuple a solution, as long as `variables`; None where a variable is unbound.
    """

    def __init__(self, variables: Iterable[str], rows: Iterable[Row]) -> None:
        self.variables: tuple[str, ...] = tuple(variables)
        self._rows = iter(rows)

    def __iter__(self) -> Iterator[Row]:
        return self._rows

    def __next__(self) -> Row:
        return next(self._rows)


class Triples:
    """The answer of a CONSTRUCT or DESCRIBE query, read once."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._triples = iter(triples)

    def __iter__(self) -> Iterator[Triple]:
        return self._triples

    def __next__(self) -> Triple:
        return next(self._triples)


class Graph(Protocol):
    """A graph that answers SPARQL 1.1 queries. The prefixes of `unpact.names` need no declaration.

    Every method raises `QuerySyntaxError` for a query that does not parse, and `UsageError` for one of the
    wrong form.
    """

    def query(self, text: str) -> Solutions | bool | Triples:
        """Run any query."""

    def select(self, text: str) -> Solutions:
        """Run a SELECT query."""

    def ask(self, text: str) -> bool:
        """Run an ASK query."""

    def construct(self, text: str) -> Triples:
        """Run a CONSTRUCT or DESCRIBE query."""

    def named_graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted."""


class ByForm(ABC):
    """`select`, `ask` and `construct` for an engine that has `query`."""

    @abstractmethod
    def query(self, text: str) -> Solutions | bool | Triples:
        """Run any query."""

    def select(self, text: str) -> Solutions:
        """Run a SELECT query."""
        answer = self.query(text)
        if isinstance(answer, Solutions):
            return answer
        raise _wrong_form("SELECT", answer)

    def ask(self, text: str) -> bool:
        """Run an ASK query."""
        answer = self.query(text)
        if isinstance(answer, bool):
            return answer
        raise _wrong_form("ASK", answer)

    def construct(self, text: str) -> Triples:
        """Run a CONSTRUCT or DESCRIBE query."""
        answer = self.query(text)
        if isinstance(answer, Triples):
            return answer
        raise _wrong_form("CONSTRUCT or DESCRIBE", answer)


def _wrong_form(wanted: str, answer: object) -> UsageError:
    given = {Solutions: "SELECT", bool: "ASK", Triples: "CONSTRUCT or DESCRIBE"}[type(answer)]
    return UsageError(f"a {wanted} query is needed here, and this is a {given} query")
