"""What only stored queries must have: a header that fits, and rows that come in an order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from unpact.finding import Severity
from unpact.query.algebra import Span
from unpact.query.faults import StoredQueryError
from unpact.query.header import parse_stored_query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.finding import Finding
    from unpact.query import algebra as alg
    from unpact.query.lint.source import QueryText
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


def check_order(source: QueryText, query: alg.Query) -> Iterator[Finding]:
    """LIMIT without ORDER BY: which rows are left is then up to the engine."""
    if query.limit is not None and not query.order_by:
        span = Span(query.limit.start, query.limit.end)
        message = "LIMIT without ORDER BY leaves it to the engine which rows there are"
        yield source.finding(ORDER, Severity.INFO, message, span, mend="Add ORDER BY.")
