"""Findings for a terminal: a line that editors link, the source below it with a caret, and a summary."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from unpact.finding import Severity
from unpact.notation import typed_words
from unpact.render.findings.excerpt import excerpt_of
from unpact.render.findings.report import sentence
from unpact.render.findings.source import Sources
from unpact.render.findings.wording import message_of, path_text, premises_of, rule_of
from unpact.render.rows import one_line
from unpact.render.table import width, write_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unpact.finding import Finding
    from unpact.render.findings.report import Report
    from unpact.render.findings.style import Style

_COLUMNS = 120
_NARROWEST = 20
_BOLD = "1"
_FAINT = "2"
_HUES = {Severity.VIOLATION: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}


def write_text(report: Report, stream: TextIO, style: Style) -> None:
    """Write the findings file by file, a table of the checks that found something, and one last sentence."""
    sources = Sources(report.read)
    for _, findings in report.by_file():
        stream.writelines(f"{line}\n" for line in lines_of(findings, sources, style))
        stream.write("\n")
    if report.findings:
        _write_summary(report, stream)
        stream.write("\n")
    stream.write(sentence(report) + "\n")


def lines_of(findings: Sequence[Finding], sources: Sources, style: Style) -> Iterator[str]:
    """Findings in their order; those that would look the same show which value each is about."""
    looks = Counter(map(_look, findings))
    for finding in findings:
        yield from _lines_of(finding, sources, style, alike=looks[_look(finding)] > 1)


def _look(finding: Finding) -> Finding:
    return replace(finding, path=None, value=None)


def _lines_of(finding: Finding, sources: Sources, style: Style, *, alike: bool) -> Iterator[str]:
    """One finding: its line, its source or else its property and value, what to do, and what it rests on."""
    yield _headline(finding, style)
    source = list(_source(finding, sources, style))
    yield from source
    if alike or not source:
        yield from _terms(finding)
    if finding.mend is not None:
        first, *rest = map(one_line, finding.mend.strip().splitlines() or [""])
        yield f"    mend: {first}".rstrip()
        yield from (f"          {line}".rstrip() for line in rest)
    if finding.grounds is not None:
        yield f"    {one_line(rule_of(finding))}"
        yield from (f"          {one_line(line)}" for line in premises_of(finding))


def _headline(finding: Finding, style: Style) -> str:
    place = f"{_colored(one_line(str(finding.place)), _BOLD, style)}: " if finding.place is not None else ""
    severity = _colored(str(finding.severity), _HUES[finding.severity], style)
    return f"{place}{severity} {one_line(finding.check)}: {one_line(message_of(finding, style.labels))}"


def _source(finding: Finding, sources: Sources, style: Style) -> Iterator[str]:
    columns = style.width or _COLUMNS
    number = str(finding.line)
    margin = len(f"    {number} | ")
    excerpt = excerpt_of(finding, sources, max(columns - margin, _NARROWEST))
    if excerpt is None:
        return
    gutter = _colored(f"{number} |", _FAINT, style)
    yield f"    {gutter} {excerpt.before}{excerpt.marked or ''}{excerpt.after}".rstrip()
    if excerpt.marked is not None:
        carets = "^" * max(width(excerpt.marked), 1)
        gutter = _colored(f"{' ' * len(number)} |", _FAINT, style)
        mark = _colored(carets, _HUES[finding.severity], style)
        yield f"    {gutter} {' ' * width(excerpt.before)}{mark}"


def _terms(finding: Finding) -> Iterator[str]:
    """What the source line would have shown."""
    if finding.path is not None:
        yield f"    path: {one_line(path_text(finding.path))}"
    if finding.value is not None:
        yield f"    value: {one_line(typed_words(finding.value))}"


def _write_summary(report: Report, stream: TextIO) -> None:
    used = [severity for severity, number in report.counts().items() if number]
    rows = [
        [one_line(check), *(str(counts[severity] or "-").rjust(len(severity)) for severity in used)]
        for check, counts in report.counts_by_check().items()
    ]
    write_plain(["check", *used], rows, stream)


def _colored(text: str, codes: str, style: Style) -> str:
    return f"\x1b[{codes}m{text}\x1b[0m" if style.color else text
