"""The Code Quality report of GitLab, its subset of the Code Climate format."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from unpact.finding import Severity
from unpact.render.findings.characters import json_text
from unpact.render.findings.fingerprints import fingerprinted
from unpact.render.findings.paths import path_in_tree
from unpact.render.findings.source import Sources
from unpact.render.findings.wording import message_of

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
            "description": " ".join(message_of(finding, style.labels).split()),
            "check_name": finding.check,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[finding.severity],
            "location": _location(finding, checks[finding.check]),
        }
        for finding, fingerprint in fingerprinted(report.ordered(), Sources(report.read))
    ]
    stream.write(json_text(entries, indent=2) + "\n")


def _location(finding: Finding, check: Check) -> dict[str, object]:
    """GitLab drops entries without a path and a line: the check stands in, or else the root of the tree."""
    file, line = (check.file, check.line) if finding.file is None else (finding.file, finding.line)
    return {"path": path_in_tree(file or "."), "lines": {"begin": line or 1}}
