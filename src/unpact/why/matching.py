"""What made a row of an answer match: the triples behind each pattern of the query, the ways of its paths,
the branches, the tests that found nothing, and the groups that were counted.

    >>> graph = build_view(bundled())
    >>> text = "SELECT ?treaty { ?act unp:actor id:pakistan ; unp:treaty ?treaty }"
    >>> result = run_text(graph, text)
    >>> first, *_ = explain_rows(graph, text, result.variables, result.rows)
    >>> facts(first)

The query is opened up (see `unpact.why.opening`) and asked once for all rows; what it hides is looked up for
all of them together. It follows SPARQL 1.1 Query, section 18.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from unpact.errors import UsageError
from unpact.query.cursor import ShapeError
from unpact.query.parse import parse_query
from unpact.query.tokens import place
from unpact.why.asking import Asking
from unpact.why.constructed import makings
from unpact.why.parts import Explanation, Fact, Solution, TripleMatch, facts
from unpact.why.telling import Telling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.graph.interface import Graph, Term
    from unpact.query import algebra as alg

__all__ = ["explain_rows", "facts"]

_TRIPLE = ("subject", "predicate", "object")


def explain_rows(
    graph: Graph, text: str, variables: Sequence[str], rows: Sequence[Sequence[Term | None]]
) -> list[Explanation]:
    """Why each of `rows` is in the answer to a query.

    Args:
        graph: what was asked; any engine.
        text: the query (any form), its parameters filled in.
        variables: the columns of the answer, without ``?``; for yes or no and for triples as
            `unpact.query.run.run_text` names them.
        rows: of the answer, all or some. A remote store names blank nodes anew in each answer: of rows that
            differ in these alone, each is explained by the solutions of all.

    Returns:
        An explanation for each row, in their order. A CONSTRUCT row has the solutions that made it, a
        DESCRIBE row the triple itself. An ASK that is true has one solution, one that is false a `failure`.

    Raises:
        UsageError: for a query that cannot be taken apart (quoted triples), with line and column.
        QuerySyntaxError: for one that the engine cannot read.
        StoreError: where a remote service fails.
    """
    query = _parsed(text)
    if query.form == "DESCRIBE":
        return [_described(row, query) for row in rows]
    telling = Telling(Asking(graph, query))
    if query.form == "CONSTRUCT":
        return _constructed(telling, query, [_fact(row) for row in rows])
    if query.form == "ASK":
        columns = tuple(variables)
        return [
            replace(each, variables=columns, row=tuple(row))
            for each, row in zip(telling.results(query, (), [() for _ in rows]), rows, strict=True)
        ]
    names = [f"?{name}" for name in variables]
    distinct = list(dict.fromkeys(tuple(row) for row in rows))
    found = dict(zip(distinct, telling.results(query, names, distinct), strict=True))
    return [replace(found[tuple(row)], variables=tuple(variables)) for row in rows]


def _constructed(telling: Telling, query: alg.Query, rows: list[Fact]) -> list[Explanation]:
    made = makings(telling, query, rows)
    kept = [
        None if behind is None else replace(behind, groups=(((), tuple(found)),)) for behind, found in made
    ]
    lookups = telling.look_up(each for each in kept if each is not None)
    explanations: list[Explanation] = []
    for row, behind in zip(rows, kept, strict=True):
        solutions = () if behind is None else telling.solutions(behind, lookups)
        count = sum(solution.times for solution in solutions)
        explanations.append(Explanation(_TRIPLE, row, solutions, count, prologue=telling.asking.prologue))
    return explanations


def _described(row: Sequence[Term | None], query: alg.Query) -> Explanation:
    from unpact.query.algebra import text_of

    fact = _fact(row)
    whole = Solution((TripleMatch("?subject ?predicate ?object", fact),))
    return Explanation(_TRIPLE, fact, (whole,), 1, prologue=text_of(query.prologue))


def _fact(row: Sequence[Term | None]) -> Fact:
    subject, predicate, value = row
    if subject is None or predicate is None or value is None:
        raise UsageError("a row without subject, predicate and object is no triple")
    return subject, predicate, value


@lru_cache(maxsize=32)
def _parsed(text: str) -> alg.Query:
    """The query; kept, since the same rules are asked for many triples."""
    try:
        return parse_query(text)
    except ShapeError as error:
        line, column = place(text, error.offset)
        raise UsageError(
            f"the rows of this query cannot be explained: {error} (line {line}, column {column})"
        ) from None
