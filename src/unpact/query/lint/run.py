"""All checks over one query, or over many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.finding import Finding
from unpact.query.cursor import ShapeError
from unpact.query.lint.bindings import check_bindings
from unpact.query.lint.checks import CHECKS
from unpact.query.lint.existence import check_existence
from unpact.query.lint.joins import check_joins
from unpact.query.lint.stored import check_order, check_parameter_types, read_header
from unpact.query.lint.suppression import SUPPRESSION, check_suppressions, suppressed
from unpact.query.lint.syntax import SYNTAX, check_prefixes, check_remote, check_syntax
from unpact.query.lint.terms import check_terms
from unpact.query.lint.usage import check_usage
from unpact.query.lint.values import check_values
from unpact.query.parse import parse_query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unpact.query import algebra as alg
    from unpact.query.lint.source import QueryText
    from unpact.query.lint.vocabulary import Vocabulary

# A query that cannot be read, and a comment that silences nothing, cannot be silenced.
_SILENCEABLE = tuple(check.id for check in CHECKS if check.id not in (SYNTAX, SUPPRESSION))


def lint_queries(queries: Iterable[QueryText], vocabulary: Vocabulary) -> list[Finding]:
    """What is wrong with some queries, worst first; see `lint_query`."""
    findings = [finding for query in queries for finding in lint_query(query, vocabulary)]
    return sorted(findings, key=lambda finding: finding.sort_key)


def lint_query(source: QueryText, vocabulary: Vocabulary) -> list[Finding]:
    """What is wrong with one query, worst first.

    A query that cannot be read has no findings but those of its text. Raises nothing for any text.
    """
    silenced = {(line, check) for line, check in suppressed(source) if check in _SILENCEABLE}
    found = {
        finding for finding in _check(source, vocabulary) if (finding.line, finding.check) not in silenced
    }
    return sorted(found, key=lambda finding: finding.sort_key)


def _check(source: QueryText, vocabulary: Vocabulary) -> Iterator[Finding]:
    yield from check_suppressions(source, _SILENCEABLE)
    remote = list(check_remote(source, vocabulary.graphs))
    prefixes = list(check_prefixes(source))
    yield from (*remote, *prefixes)
    header = read_header(source) if source.header else None
    if isinstance(header, Finding):
        yield header
        header = None
    if header is not None:
        yield from check_parameter_types(source, header, vocabulary)
    broken = list(check_syntax(source, with_engine=not remote and not prefixes))
    yield from broken
    query = None if broken else _shape(source)
    if query is None:
        return
    yield from check_terms(source, query, vocabulary)
    yield from check_bindings(source, query)
    yield from check_usage(source, query)
    yield from check_joins(source, query)
    yield from check_existence(source, query)
    yield from check_values(source, query, vocabulary, header)
    if source.header:
        yield from check_order(source, query)


def _shape(source: QueryText) -> alg.Query | None:
    try:
        return parse_query(source.text)
    except ShapeError:
        return None
