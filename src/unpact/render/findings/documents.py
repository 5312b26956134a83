"""Findings as one JSON document, or as JSON Lines; terms are those of SPARQL 1.1 Query Results JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from unpact.render.findings.characters import json_text
from unpact.render.results_json import typed

if TYPE_CHECKING:
    from unpact.finding import Finding, Grounds, Place, Term
    from unpact.render.findings.report import Report
    from unpact.render.findings.style import Style


def write_json(report: Report, stream: TextIO, _style: Style) -> None:
    """Write whether the data conforms, a summary and the findings, keys always in the same order."""
    document = {
        "conforms": report.conforms,
        "summary": {
            **{f"{severity}s": number for severity, number in report.counts().items()},
            "files": report.files,
            "shapes": report.shapes,
            "checks": len(report.all_checks()),
            "seconds": None if report.seconds is None else round(report.seconds, 3),
            "version": report.tool_version,
        },
        "findings": [finding_object(each) for each in report.ordered()],
    }
    stream.write(json_text(document, indent=2) + "\n")


def write_jsonl(report: Report, stream: TextIO, _style: Style) -> None:
    """Write one object a finding, the same as in `json`."""
    stream.writelines(json_text(finding_object(each)) + "\n" for each in report.ordered())


def finding_object(finding: Finding) -> dict[str, object]:
    """A finding as a JSON object; `write_json` has one for each."""
    return {
        "check": finding.check,
        "severity": str(finding.severity),
        "message": finding.message,
        "focus": _term(finding.focus),
        "path": _term(finding.path),
        "value": _term(finding.value),
        "place": _place(finding.place),
        "mend": finding.mend,
        "grounds": _grounds(finding.grounds),
    }


def _grounds(grounds: Grounds | None) -> dict[str, object] | None:
    if grounds is None:
        return None
    return {
        "rule": grounds.rule,
        "reading": grounds.reading,
        "premises": [{"said": each.said, "place": _place(each.place)} for each in grounds.premises],
    }


def _place(place: Place | None) -> dict[str, object] | None:
    if place is None:
        return None
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }


def _term(term: Term | None) -> object:
    return None if term is None else typed(term)
