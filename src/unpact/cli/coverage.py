"""``unpact coverage``: does every sentence have its facts, and every fact its sentence?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from unpact.cli.answer import answer_json, answer_text
from unpact.cli.options import OutputOptions, output_options
from unpact.cli.reporting import counted, reader_of, write_report
from unpact.cli.running import supervised
from unpact.names import compact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.evidence.coverage import CoverageReport

_OWN_FORMATS = ("table", "json")
_FINDING_FORMATS = ("text", "csv", "jsonl", "sarif", "junit", "github", "gitlab", "html")


@click.command("coverage", epilog="Examples: unpact coverage; unpact coverage --format json -o coverage.json")
@output_options((*_OWN_FORMATS, *_FINDING_FORMATS), rows=False)
def command(output: OutputOptions) -> None:
    """Show how many facts rest on each sentence of the article.

    Sentences that state no fact are listed with the reason. The command ends with code 1 when another
    sentence has no fact, or a fact has no sentence. The formats table and json show every sentence, the
    others what is wrong.
    """
    from unpact.corpus import bundled
    from unpact.evidence.coverage import coverage

    corpus = bundled()
    report = supervised(lambda: coverage(corpus))
    if output.format == "json":
        answer_json(_as_json(report), output)
    elif output.format == "table":
        answer_text(_page(report), output)
    else:
        from unpact.evidence.checks import COVERAGE_CHECKS
        from unpact.render.findings import Report

        files = corpus.data_files("article")
        read = reader_of(files)
        found = Report(report.findings, COVERAGE_CHECKS, report.complete, len(files), read)
        write_report(found, output)
    if not report.complete:
        click.get_current_context().exit(1)


def _page(report: CoverageReport) -> Iterator[str]:
    names = [compact(each.passage.value) for each in report.passages]
    indent = max(map(len, names), default=0)
    for name, each in zip(names, report.passages, strict=True):
        reason = f"  states no fact: {each.reason}" if each.reason is not None else ""
        yield f"{name:<{indent}}  {each.facts:>4}{reason}"
    yield ""
    for finding in report.findings:
        place = f"{finding.place}: " if finding.place is not None else ""
        yield f"{place}{finding.severity} {finding.check}: {finding.message}"
    bare = len(report.factless)
    verdict = "complete" if report.complete else counted(len(report.findings))
    sentences = f"{len(report.passages)} sentences, {bare} of which state no fact"
    yield f"{report.facts:,} facts on {sentences}: {verdict}"


def _as_json(report: CoverageReport) -> dict[str, object]:
    from unpact.render.findings.documents import finding_object

    return {
        "complete": report.complete,
        "facts": report.facts,
        "sentences": [
            {"sentence": each.passage.value, "facts": each.facts, "reason": each.reason}
            for each in report.passages
        ],
        "findings": [finding_object(finding) for finding in report.findings],
    }
