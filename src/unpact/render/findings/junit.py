"""JUnit XML: one test case a check, so that reports also show what was checked and found right.

Violations are a failure of their check. Warnings and infos go to its output, since a test case knows no shade
between passed and failed; a run that is to fail for warnings says so with its exit code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from unpact.finding import Severity
from unpact.render.findings.markup import Element, add, as_xml
from unpact.render.findings.report import quantity
from unpact.render.findings.source import Sources
from unpact.render.findings.style import Style
from unpact.render.findings.text import lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.finding import Finding
    from unpact.render.findings.report import Report


def write_junit(report: Report, stream: TextIO, style: Style) -> None:
    """Write one suite with all checks."""
    style = Style(labels=style.labels)
    sources = Sources(report.read)
    checks = report.all_checks()
    findings: dict[str, list[Finding]] = {}
    for finding in report.ordered():
        findings.setdefault(finding.check, []).append(finding)
    failed = {each.check for each in report.findings if each.severity is Severity.VIOLATION}
    totals = {
        "name": "unpact",
        "tests": str(len(checks)),
        "failures": str(len(failed)),
        "errors": "0",
        "skipped": "0",
        "time": f"{report.seconds or 0:.3f}",
    }
    root = Element("testsuites", {name: totals[name] for name in totals if name != "skipped"})
    suite = add(root, "testsuite", attributes=totals)
    for check in checks:
        family = check.id.rpartition("/")[0].replace("/", ".")
        case = add(
            suite,
            "testcase",
            attributes={
                "classname": f"unpact.{family}".rstrip("."),
                "name": check.id,
                # the checks are made together, so none has a time of its own
                "time": "0",
            },
        )
        _add_results(case, findings.get(check.id, []), sources, style)
    stream.write(as_xml(root))


def _add_results(case: Element, findings: list[Finding], sources: Sources, style: Style) -> None:
    violations = [each for each in findings if each.severity is Severity.VIOLATION]
    others = [each for each in findings if each.severity is not Severity.VIOLATION]
    if violations:
        heading = f"{quantity(len(violations), 'violation')}: {violations[0].message}"
        attributes = {"message": " ".join(heading.split()), "type": str(Severity.VIOLATION)}
        add(case, "failure", _text(violations, sources, style), attributes)
    if others:
        add(case, "system-out", _text(others, sources, style))


def _text(findings: Sequence[Finding], sources: Sources, style: Style) -> str:
    return "\n".join(lines_of(findings, sources, style))
