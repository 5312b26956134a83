"""``unpact queries check``: are the stored queries complete, right about the graph, and deterministic?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.errors import UnpactError
from unpact.finding import Finding, Place, Severity
from unpact.names import OWL, RDF, RDFS, XSD, compact
from unpact.query.algebra import Span
from unpact.query.bind import fill
from unpact.query.catalogue import Catalogue
from unpact.query.faults import StoredQueryError
from unpact.query.lint.checks import LintCheck
from unpact.query.lint.source import QueryText
from unpact.query.lint.stored import HEADER, header_finding
from unpact.query.lint.syntax import check_prefixes, check_remote, check_syntax
from unpact.query.lint.terms import TERM
from unpact.query.order import order_problem
from unpact.query.resolve import Resolver
from unpact.query.run import bound_text, run_text
from unpact.query.tokens import expand_token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unpact.graph.interface import Graph
    from unpact.query.stored import StoredQuery

NONE = "query/none"
NAME = "query/name"
PARAMETER = "query/parameter-type"
EXAMPLE = "query/example"
ORDER = "query/order"

#: What is looked at, besides syntax, terms, headers and remote access, which linting has too.
STORED_CHECKS = (
    LintCheck(NONE, Severity.VIOLATION, "No queries", "There are stored queries."),
    LintCheck(NAME, Severity.VIOLATION, "Name", "No two stored queries have one name."),
    LintCheck(PARAMETER, Severity.VIOLATION, "Parameter type", "Parameters are of classes that there are."),
    LintCheck(EXAMPLE, Severity.VIOLATION, "Example", "Every example runs and returns rows."),
    LintCheck(ORDER, Severity.VIOLATION, "Order", "ORDER BY settles the order of the rows of each example."),
)

# Vocabularies of the languages themselves: they are right without being mentioned in our files.
_BUILT_IN = (RDF, RDFS, OWL, XSD)


def check_queries(paths: Iterable[Path], graph: Graph) -> list[Finding]:
    """Check the stored queries in `paths` against `graph`, which holds ontology and data. Empty when all is
    well.

    Checked are the header against the query, the syntax, that nothing remote is reached, every IRI and
    parameter type, ORDER BY, and that each example runs, returns rows and returns them in one order only.
    No queries at all is a finding, and every finding is a violation.
    """
    files = sorted(paths)
    if not files:
        message = "there are no stored queries to check"
        return [Finding(NONE, Severity.VIOLATION, message, place=Place("queries"))]
    resolver = Resolver(graph)
    findings: set[Finding] = set()
    stems = Counter(path.stem for path in files)
    for path in files:
        if stems[path.stem] > 1:
            message = f"{stems[path.stem]} queries are called {path.stem!r}; names must be unique"
            findings.add(Finding(NAME, Severity.VIOLATION, message, place=Place(str(path), 1, 1)))
        try:
            (query,) = Catalogue([path])
        except StoredQueryError as error:
            text = path.read_text(encoding="utf-8-sig")
            findings.add(header_finding(QueryText(text, str(path), header=True), error))
        except UnpactError as error:
            findings.add(Finding(HEADER, Severity.VIOLATION, error.message, place=Place(str(path))))
        else:
            source = QueryText(query.text, str(path), header=True)
            findings.update(_check(query, source, graph, resolver))
    return sorted(findings, key=lambda finding: finding.sort_key)


def _check(query: StoredQuery, source: QueryText, graph: Graph, resolver: Resolver) -> Iterator[Finding]:
    remote = list(check_remote(source, graph.named_graphs))
    prefixes = list(check_prefixes(source))
    broken = [*prefixes, *check_syntax(source, with_engine=not remote and not prefixes)]
    if remote or broken:
        yield from remote
        for finding in broken:
            yield replace(finding, message=f"the file is not valid SPARQL as it stands: {finding.message}")
        return
    unknown = list(_unknown_iris(source, graph)) + list(_unknown_types(query, source, graph))
    yield from unknown
    if not any(finding.check == PARAMETER for finding in unknown):
        yield from _check_examples(query, source, graph, resolver)


def _unknown_iris(source: QueryText, graph: Graph) -> Iterator[Finding]:
    code = source.code
    prefixes = dict(source.prefixes)
    known_graphs = set(graph.named_graphs())
    seen: set[str] = set()
    for index, token in enumerate(code):
        declares = index > 0 and (
            code[index - 1].upper in ("PREFIX", "BASE") or code[index - 2].upper == "PREFIX"
        )
        iri = None if declares else expand_token(token, prefixes)
        if iri is None or iri in seen or iri.startswith(_BUILT_IN) or iri in known_graphs:
            continue
        seen.add(iri)
        if not _known(graph, iri):
            message = f"{compact(iri)} is neither in the ontology nor in the data"
            yield source.finding(TERM, Severity.VIOLATION, message, Span(token.start, token.end))


def _unknown_types(query: StoredQuery, source: QueryText, graph: Graph) -> Iterator[Finding]:
    for parameter in query.parameters:
        cls = parameter.class_iri
        if cls is not None and not _known(graph, cls):
            message = f"parameter {parameter.name!r} is of no class of the ontology: {compact(cls)}"
            span = source.line_span(source.line_of(f"{parameter.name}:"))
            yield source.finding(PARAMETER, Severity.VIOLATION, message, span)


def _known(graph: Graph, iri: str) -> bool:
    try:
        node = NamedNode(iri)
    except ValueError:
        return False
    return graph.ask(
        fill(Path(__file__).with_name("exists.rq").read_text(encoding="utf-8"), {"thing": (node,)})
    )


def _check_examples(
    query: StoredQuery, source: QueryText, graph: Graph, resolver: Resolver
) -> Iterator[Finding]:
    span = source.line_span(source.line_of("examples:"))
    for number, example in enumerate(query.examples):
        what = f"example {number} {dict(example)}"
        try:
            text = bound_text(graph, query, example, resolver=resolver)
            rows = run_text(graph, text).rows
            problem = order_problem(graph, text)
        except UnpactError as error:
            yield source.finding(EXAMPLE, Severity.VIOLATION, f"{what} fails: {error}", span)
            continue
        if not rows:
            yield source.finding(EXAMPLE, Severity.VIOLATION, f"{what} returns no rows", span)
        if problem is not None:
            order = source.line_span(source.line_of("ORDER BY", header=False))
            yield source.finding(ORDER, Severity.VIOLATION, f"{what}: {problem}", order)
