"""What only stored queries must have: a header that fits, and rows that come in an order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from unpact.finding import Severity
from unpact.query.algebra import Span
from unpact.query.faults import StoredQueryError
from unpact.query.header import parse_stored_query
from unpact.query.lint.source import word
from unpact.query.lint.terms import TERM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.finding import Finding
    from unpact.query import algebra as alg
    from unpact.query.lint.source import QueryText
    from unpact.query.lint.vocabulary import Vocabulary
    from unpact.query.stored import StoredQuery

HEADER = "query/header"
ORDER = "query/no-order"


def read_header(source: QueryText) -> StoredQuery | Finding:
    """The query as its header describes it, or what is wrong with the header."""
    try:
        return parse_stored_query(source.text, Path(source.file))
    except StoredQueryError as error:
        return header_finding(source, error)


def header_finding(source: QueryText, error: StoredQueryError) -> Finding:
    """The finding for a header that was refused."""
    span = source.line_span(error.line)
    return source.finding(HEADER, Severity.VIOLATION, error.problem, span, mend=error.hint)


def check_parameter_types(
    source: QueryText, stored: StoredQuery, vocabulary: Vocabulary
) -> Iterator[Finding]:
    """Parameters of a class that there is not."""
    for parameter in stored.parameters:
        cls = parameter.class_iri
        if cls is None or vocabulary.knows(cls):
            continue
        near = [word(other) for other in vocabulary.nearest(cls)]
        question = f"; did you mean {' or '.join(near)}?" if near else ""
        message = f"parameter {parameter.name!r} is of no class of the ontology: {word(cls)}{question}"
        span = source.line_span(source.line_of(f"{parameter.name}:"))
        yield source.finding(TERM, Severity.VIOLATION, message, span)


def check_order(source: QueryText, query: alg.Query) -> Iterator[Finding]:
    """LIMIT without ORDER BY: which rows are left is then up to the engine."""
    if query.limit is not None and not query.order_by:
        span = Span(query.limit.start, query.limit.end)
        message = "LIMIT without ORDER BY leaves it to the engine which rows there are"
        yield source.finding(ORDER, Severity.INFO, message, span, mend="Add ORDER BY.")
