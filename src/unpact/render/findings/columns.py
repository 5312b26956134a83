"""Findings as rows: a table for people, and CSV (RFC 4180) for spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from pyoxigraph import Literal

from unpact.notation import typed_words
from unpact.render.findings.characters import encodable
from unpact.render.findings.report import sentence
from unpact.render.findings.wording import path_text, premises_of, rule_of
from unpact.render.rows import Rows
from unpact.render.separated import write_csv as write_csv_rows
from unpact.render.table import write_table as write_table_rows

if TYPE_CHECKING:
    from unpact.finding import Finding, Term
    from unpact.render.findings.report import Report
    from unpact.render.findings.style import Style
    from unpact.render.rows import Cell

_TABLE = ("severity", "check", "place", "focus", "path", "value", "message")
_CSV = (
    "severity",
    "check",
    "file",
    "line",
    "column",
    "end_line",
    "end_column",
    "focus",
    "path",
    "value",
    "message",
    "mend",
    "grounds",
)


def write_table(report: Report, stream: TextIO, style: Style) -> None:
    """Write a table and one last sentence; just the sentence where nothing was found."""
    if report.findings:
        write_table_rows(Rows(_TABLE, [_shown(each) for each in report.ordered()]), stream, style.labels)
        stream.write("\n")
    stream.write(sentence(report) + "\n")


def write_csv(report: Report, stream: TextIO, style: Style) -> None:
    """Write a header and one record a finding; IRIs and lexical forms are bare, what is unknown is empty."""
    write_csv_rows(Rows(_CSV, [_fields(each) for each in report.ordered()]), stream, style.labels)


def _shown(finding: Finding) -> tuple[Cell, ...]:
    return (
        _text(finding.severity),
        _text(finding.check),
        _text(None if finding.place is None else str(finding.place)),
        finding.focus,
        _text(None if finding.path is None else path_text(finding.path)),
        _value(finding.value),
        _text(finding.message),
    )


def _fields(finding: Finding) -> tuple[Cell, ...]:
    place = finding.place
    numbers = (None,) * 4 if place is None else (place.line, place.column, place.end_line, place.end_column)
    return (
        _text(finding.severity),
        _text(finding.check),
        _text(finding.file),
        *(None if number is None else Literal(number) for number in numbers),
        finding.focus,
        finding.path,
        finding.value,
        _text(finding.message),
        _text(finding.mend),
        _text("; ".join([rule_of(finding), *premises_of(finding)]) if finding.grounds is not None else None),
    )


def _text(text: str | None) -> Literal | None:
    return None if text is None else Literal(encodable(text))


def _value(term: Term | None) -> Cell:
    # people see the datatype, which is often what is wrong
    return _text(typed_words(term)) if isinstance(term, Literal) else term
