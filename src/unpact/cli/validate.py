"""``unpact validate``: does the data keep to the shapes?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from unpact.cli.answer import answer_json, answer_text
from unpact.cli.findings import as_json, as_line, counted
from unpact.cli.options import OutputOptions, output_options
from unpact.cli.running import supervised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.corpus import Corpus
    from unpact.finding import Finding


@click.command(
    "validate", epilog="Examples: unpact validate; unpact validate mine.ttl; unpact validate facts/ -f json"
)
@click.argument("path", nargs=-1)
@click.option("--only-data", is_flag=True, help="Check your own files without the bundled facts.")
@click.option("--strict", is_flag=True, help="End with code 1 for warnings too.")
@click.option("--no-cache", is_flag=True, help="Build the graph anew and store nothing.")
@output_options(("table", "json", "jsonl"), rows=False)
def command(
    path: tuple[str, ...], output: OutputOptions, *, only_data: bool, strict: bool, no_cache: bool
) -> None:
    """Check the bundled data against the SHACL shapes, or your own Turtle together with it.

    Each PATH is a file, a folder, a pattern, or - for standard input. Findings name file and line. The
    command ends with code 1 when something is a violation, with code 2 when a file cannot be read as RDF;
    warnings alone do not fail unless --strict is given.
    """
    if only_data and not path:
        raise click.UsageError("--only-data needs at least one PATH.")
    from unpact.corpus import bundled
    from unpact.validate.shacl import validate
    from unpact.validate.syntax import MALFORMED

    corpus = bundled()
    findings = supervised(lambda: validate(corpus, path, only_paths=only_data, cache=not no_cache))
    violations = sum(finding.severity == "violation" for finding in findings)
    if output.format == "json":
        answer_json(
            {"conforms": not violations, "findings": [as_json(finding) for finding in findings]}, output
        )
    elif output.format == "jsonl":
        import json

        answer_text((json.dumps(as_json(finding), ensure_ascii=False) for finding in findings), output)
    else:
        answer_text(_page(corpus, findings, violations), output)
    if any(finding.check == MALFORMED for finding in findings):
        click.get_current_context().exit(2)
    if violations or (strict and findings):
        click.get_current_context().exit(1)


def _page(corpus: Corpus, findings: list[Finding], violations: int) -> Iterator[str]:
    for finding in findings:
        yield as_line(finding)
    shapes = counted(len(corpus.shape_files()), "file")
    warnings = len(findings) - violations
    yield f"{counted(violations, 'violation')}, {counted(warnings, 'warning')} ({shapes} of shapes checked)"
