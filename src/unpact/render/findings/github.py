"""Workflow commands of GitHub Actions, which it shows as annotations beside the changed lines.

GitHub shows ten errors, ten warnings and ten notices of a step; `sarif` has no such limit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from unpact.finding import Severity
from unpact.render.findings.characters import harmless
from unpact.render.findings.paths import path_in_tree
from unpact.render.findings.source import span_of
from unpact.render.findings.wording import message_of, premises_of, rule_of

if TYPE_CHECKING:
    from unpact.finding import Finding
    from unpact.render.findings.report import Report
    from unpact.render.findings.style import Style

_COMMANDS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write_github(report: Report, stream: TextIO, style: Style) -> None:
    """Write one command a finding, violations first, as GitHub drops the last ones."""
    stream.writelines(_command(finding, style) + "\n" for finding in report.ordered())


def _command(finding: Finding, style: Style) -> str:
    properties: dict[str, str | int | None] = {}
    if finding.file is not None:
        properties["file"] = path_in_tree(finding.file)
    span = span_of(finding.place)
    if span is not None:
        properties |= {"line": span.line, "col": span.column, "endLine": span.end_line}
        if span.end_line == span.line:
            # columns of different lines cannot be compared, and GitHub refuses them
            properties["endColumn"] = span.end_column
        elif span.end_line is not None:
            del properties["col"]
    properties["title"] = finding.check
    written = ",".join(
        f"{name}={_property(str(value))}" for name, value in properties.items() if value is not None
    )
    mend = [finding.mend.strip()] if finding.mend else []
    because = [] if finding.grounds is None else [rule_of(finding), *premises_of(finding)]
    text = "\n".join([message_of(finding, style.labels), *mend, *because])
    return f"::{_COMMANDS[finding.severity]} {written}::{_data(text)}"


def _data(text: str) -> str:
    # no carriage return is left that would have to be written as %0D
    return harmless(text).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
