"""What a run of checks gives to the formatters: all that was checked, and all that was found."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from unpact import __version__
from unpact.finding import Finding, Severity
from unpact.validate.checks import Check

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Report(NamedTuple):
    """One run of the checks.

    Args:
        findings: in any order.
        checks: all that were made, with those that found nothing.
        conforms: whether the run counts as passed.
        files: how many files were checked.
        read: the text of a file by the name that places use; None where it is not at hand.
        shapes: how many shapes they were checked against; 0 if the checks are none of SHACL.
        seconds: how long it took.
        tool_version: of unpact.
    """

    findings: Sequence[Finding]
    checks: Sequence[Check]
    conforms: bool
    files: int
    read: Callable[[str], str | None]
    shapes: int = 0
    seconds: float | None = None
    tool_version: str = __version__

    def ordered(self) -> list[Finding]:
        """The findings, violations first, so that the same findings are always written the same."""
        return sorted(self.findings, key=lambda finding: finding.sort_key)

    def by_file(self) -> list[tuple[str | None, list[Finding]]]:
        """The findings of each file from its top to its end; those without a file come last."""
        ordered = sorted(
            self.findings,
            key=lambda each: (each.file is None, each.file or "", _position(each), each.sort_key),
        )
        return [(file, list(group)) for file, group in groupby(ordered, key=lambda each: each.file)]

    def all_checks(self) -> list[Check]:
        """Each check once: those that were named, and then those that only a finding names."""
        known = {check.id: check for check in reversed(self.checks)}
        named = dict.fromkeys(check.id for check in self.checks)
        for finding in self.ordered():
            if finding.check not in known:
                # the first of the ordered findings is the worst
                title = finding.check
                known[title] = Check(title, finding.severity, title, "", None, None, None)
                named[title] = None
        return [known[name] for name in named]

    def check_of(self) -> dict[str, Check]:
        """Each check by its id."""
        return {check.id: check for check in self.all_checks()}

    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity, worst first."""
        counted = Counter(finding.severity for finding in self.findings)
        return {severity: counted[severity] for severity in Severity}

    def counts_by_check(self) -> dict[str, Counter[Severity]]:
        """For each check that found something, how many findings of each severity."""
        found: dict[str, Counter[Severity]] = {}
        for finding in self.ordered():
            found.setdefault(finding.check, Counter())[finding.severity] += 1
        return found


def sentence(report: Report) -> str:
    """``2 violations, 1 warning in 1 of 34 files (70 shapes checked)``, without a full stop."""
    parts = [quantity(number, str(severity)) for severity, number in report.counts().items() if number]
    shapes = f" ({quantity(report.shapes, 'shape')} checked)" if report.shapes else ""
    text = ", ".join(parts) or "Nothing found"
    return text + _where(report) + shapes


def quantity(number: int, noun: str) -> str:
    """``1 finding``, ``2 findings``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _where(report: Report) -> str:
    concerned = len({finding.file for finding in report.findings if finding.file is not None})
    if not concerned or concerned > report.files:
        # findings without a place, or places that are no files of the data, such as a query
        return f" in {quantity(report.files, 'file')}" if report.files else ""
    return f" in {concerned:,} of {quantity(report.files, 'file')}"


def _position(finding: Finding) -> tuple[int, int]:
    return (finding.line or 0, (finding.place.column or 0) if finding.place is not None else 0)
