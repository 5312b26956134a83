"""``unpact lint-queries``: what is wrong with queries, before anybody runs them."""

from __future__ import annotations

import click

from unpact.cli.opening import open_graph
from unpact.cli.options import GraphOptions, OutputOptions, graph_options, output_options
from unpact.cli.query_findings import write_query_findings
from unpact.cli.running import supervised
from unpact.render.findings import FINDING_FORMATS


@click.command(
    "lint-queries",
    epilog="Examples: unpact lint-queries; unpact lint-queries mine.rq; "
    "unpact lint-queries queries/ --data mine.ttl --strict",
)
@click.argument("path", nargs=-1)
@click.option("--strict", is_flag=True, help="End with code 1 for warnings too.")
@graph_options
@output_options(FINDING_FORMATS, rows=False, default="text")
def command(path: tuple[str, ...], source: GraphOptions, output: OutputOptions, *, strict: bool) -> None:
    """Hold SPARQL queries against the ontology: misspelt terms, unbound variables, values of the wrong kind.

    Each PATH is a file, a folder, a pattern, or - for standard input; without one, the bundled stored
    queries are read. Terms of your own Turtle count as known with --data. Findings name file, line and
    column; a comment "# lint: ignore query/..." silences one on its line or the line below. The command ends
    with code 1 when something is a violation, with code 2 when a file cannot be read; warnings alone do not
    fail unless --strict is given.
    """
    from unpact.corpus import bundled
    from unpact.query.lint import Vocabulary, lint_queries
    from unpact.query.lint.checks import CHECKS
    from unpact.query.lint.files import read_queries, stored_queries

    queries = read_queries(path) if path else stored_queries(bundled())
    graph = open_graph(source)
    findings = supervised(lambda: lint_queries(queries, Vocabulary(graph)))
    failing = {"violation", "warning"} if strict else {"violation"}
    failed = any(finding.severity in failing for finding in findings)
    texts = {query.file: query.text for query in queries}
    write_query_findings(findings, CHECKS, texts, output, conforms=not failed)
    if failed:
        click.get_current_context().exit(1)
