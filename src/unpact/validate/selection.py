"""Which findings count: by the names of checks, by how bad they are, and by what is known already."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from unpact.errors import UnknownNameError
from unpact.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unpact.finding import Finding
    from unpact.validate.checks import Check


class Selection(NamedTuple):
    """The checks that a user wants.

    Args:
        select: ids or patterns such as `must/*`; only these; all when empty.
        ignore: ids or patterns; none of these.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def takes(self, check: str) -> bool:
        """Whether a check is wanted; a name without a folder fits one in any folder."""
        wanted = not self.select or any(_fits(check, pattern) for pattern in self.select)
        return wanted and not any(_fits(check, pattern) for pattern in self.ignore)

    def refuse_unknown(self, checks: Iterable[str], listing: str = "unpact validate --list-checks") -> None:
        """Refuse a name that fits no check, which would quietly select nothing.

        Args:
            checks: the ids that there are.
            listing: the command that lists them.

        Raises:
            UnknownNameError: with the nearest ids.
        """
        import difflib

        known = list(checks)
        for pattern in (*self.select, *self.ignore):
            if not any(_fits(check, pattern) for check in known):
                near = difflib.get_close_matches(pattern, known, n=3, cutoff=0.5)
                hint = None if near else f"To see them all, type: {listing}"
                raise UnknownNameError(f"no check is called {pattern!r}", suggestions=near, hint=hint)


class Threshold(NamedTuple):
    """When a run counts as failed.

    Args:
        severity: findings as bad as this, or worse, make it fail.
        max_warnings: more warnings than this make it fail too; None for any number.
    """

    severity: Severity = Severity.VIOLATION
    max_warnings: int | None = None

    def passed(self, findings: Sequence[Finding]) -> bool:
        """Whether a run with these findings passes."""
        if any(finding.severity.reaches(self.severity) for finding in findings):
            return False
        warnings = sum(finding.severity is Severity.WARNING for finding in findings)
        return self.max_warnings is None or warnings <= self.max_warnings


def selected(
    findings: Sequence[Finding], checks: Sequence[Check], selection: Selection
) -> tuple[list[Finding], list[Check]]:
    """The findings and checks that are wanted."""
    return (
        [finding for finding in findings if selection.takes(finding.check)],
        [check for check in checks if selection.takes(check.id)],
    )


def _fits(check: str, pattern: str) -> bool:
    return fnmatchcase(check, pattern) or ("/" not in pattern and fnmatchcase(check, f"*/{pattern}"))
