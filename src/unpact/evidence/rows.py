"""The sentences behind each row of an answer (``--cite``).

`unpact.why.supporting` finds the triples that a row rests on, and each triple leads to its sentences. Types,
labels and identifiers merely name a thing: they count only where a row rests on nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unpact.errors import UsageError
from unpact.evidence.premises import Evidence, Premises
from unpact.query.cursor import ShapeError
from unpact.query.parse import parse_query
from unpact.query.tokens import place
from unpact.why.supporting import facts_of_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unpact.graph.derivations import Derivations
    from unpact.graph.interface import Graph

Term = NamedNode | BlankNode | Literal | Triple
Fact = tuple[Term, Term, Term]


def sentences_behind_rows(
    graph: Graph,
    text: str,
    variables: Sequence[str],
    rows: Sequence[Sequence[Term | None]],
    evidence: Evidence,
    derivations: Derivations | None = None,
) -> list[tuple[NamedNode, ...]]:
    """For each of `rows`, the answer to the bound query `text`, the sentences (and other sources) it rests
    on, sorted; `derivations` as for `unpact.evidence.premises.Premises`.

    Empty where a row rests on no sentence, as with rows about the ontology itself. Raises UsageError for a
    query that cannot be taken apart (quoted triples).
    """
    premises = Premises(graph, evidence, derivations)
    try:
        form = parse_query(text).form
        if form in ("CONSTRUCT", "DESCRIBE"):
            return [premises.sentences([_fact(row)]) for row in rows]
        facts = facts_of_rows(graph, text, variables, rows)
    except ShapeError as error:
        line, column = place(text, error.offset)
        raise UsageError(
            f"the rows of this query cannot be cited: {error} (line {line}, column {column})"
        ) from None
    return [sentences_of(each, premises) for each in facts]


def facts_behind_rows(
    graph: Graph, text: str, variables: Sequence[str], rows: Sequence[Sequence[Term | None]]
) -> set[Fact]:
    """The triples behind any of `rows`, the answer to the bound query `text`.

    Raises ShapeError for a query that cannot be taken apart.
    """
    if parse_query(text).form in ("CONSTRUCT", "DESCRIBE"):
        return {_fact(row) for row in rows}
    return {fact for facts in facts_of_rows(graph, text, variables, rows) for fact in facts}


def sentences_of(facts: Iterable[Fact], premises: Premises) -> tuple[NamedNode, ...]:
    """The sentences (and other sources) that the triples behind one row rest on, sorted."""
    known = list(facts)
    telling = [fact for fact in known if not premises.names(fact[1])]
    return premises.sentences(telling) or premises.sentences(known)


def _fact(row: Sequence[Term | None]) -> Fact:
    subject, predicate, value = row
    if subject is None or predicate is None or value is None:
        raise UsageError("a row without subject, predicate and object is no triple")
    return subject, predicate, value
