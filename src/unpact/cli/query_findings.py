"""Findings about queries, written in the format that was asked for; the one place that both commands use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.cli.reporting import write_report
from unpact.render.findings import Report
from unpact.validate.checks import Check

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from unpact.cli.options import OutputOptions
    from unpact.finding import Finding
    from unpact.query.lint.checks import LintCheck


def write_query_findings(
    findings: Sequence[Finding],
    checks: Iterable[LintCheck],
    texts: Mapping[str, str],
    output: OutputOptions,
    *,
    conforms: bool,
) -> None:
    """Write a report on queries.

    Args:
        findings: what was found.
        checks: what was looked for.
        texts: the query texts by the names that the findings use.
        output: format, one of FINDING_FORMATS, and file.
        conforms: whether the run counts as passed.

    Raises:
        UsageError: when the file cannot be written, or for a format that findings do not have.
    """
    made = [Check(*check, mend=None, file=None, line=None) for check in checks]
    write_report(Report(findings, made, conforms, len(texts), texts.get), output)
