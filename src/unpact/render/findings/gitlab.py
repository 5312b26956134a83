"""The Code Quality report of GitLab, its subset of the Code Climate format."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from unpact.finding import Severity
from unpact.render.findings.characters import json_text
from unpact.render.findings.fingerprints import fingerprinted
from unpact.render.findings.paths import path_in_tree
from unpact.render.findings.source import Sources
from unpact.render.findings.wording import message_of, premises_of, rule_of

if TYPE_CHECKING:
    from unpact.finding import Finding
    from unpact.render.findings.report import Report
    from unpact.render.findings.style import Style
    from unpact.validate.checks import Check

_SEVERITIES = {Severity.VIOLATION: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def write_gitlab(report: Report, stream: TextIO, style: Style) -> None:
    """Write an array with one entry a finding."""
    checks = report.check_of()
    entries = [
        {
            "description": _description(finding, style),
            "check_name": finding.check,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[finding.severity],
            "location": _location(finding, checks[finding.check]),
            **_others(finding),
        }
        for finding, fingerprint in fingerprinted(report.ordered(), Sources(report.read))
    ]
    stream.write(json_text(entries, indent=2) + "\n")


def _description(finding: Finding, style: Style) -> str:
    """What GitLab shows of an entry, so all that it rests on is there."""
    because = "; ".join(filter(None, [rule_of(finding), *premises_of(finding)]))
    message = message_of(finding, style.labels)
    return " ".join((f"{message} ({because})" if because else message).split())


def _others(finding: Finding) -> dict[str, object]:
    """The other places, as the Code Climate format has them; left out where there are none."""
    premises = () if finding.grounds is None else finding.grounds.premises
    places = [
        {"path": path_in_tree(each.place.file), "lines": {"begin": each.place.line or 1}}
        for each in premises
        if each.place is not None
    ]
    return {"other_locations": places} if places else {}


def _location(finding: Finding, check: Check) -> dict[str, object]:
    """GitLab drops entries without a path and a line: the check stands in, or else the root of the tree."""
    file, line = (check.file, check.line) if finding.file is None else (finding.file, finding.line)
    return {"path": path_in_tree(file or "."), "lines": {"begin": line or 1}}
