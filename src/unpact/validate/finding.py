"""What a check finds: one shape for all checks, so that one renderer serves them all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Term = NamedNode | BlankNode | Literal | Triple


class Severity(StrEnum):
    """How bad a finding is; the value is the word that users read."""

    VIOLATION = "violation"
    WARNING = "warning"

    @property
    def rank(self) -> int:
        """Violations are 0 and come first."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Args:
        check: a stable id, `must/MembershipPeriod` or `coverage/triple-without-sentence`.
        severity: violation or warning.
        message: a sentence for the person who edits the Turtle.
        focus: the node that is wrong.
        path: the property, or a literal with the SPARQL form of a longer path.
        value: the value that is wrong.
        file: as users know it: relative to the tree, or as they named it.
        line: counted from 1, if known.
    """

    check: str
    severity: Severity
    message: str
    focus: Term | None = None
    path: Term | None = None
    value: Term | None = None
    file: str | None = None
    line: int | None = None

    @property
    def sort_key(self) -> tuple[int, str, int, str, str, str]:
        """Violations first, then by place, then by what was checked."""
        return (
            self.severity.rank,
            self.file or "",
            self.line or 0,
            self.check,
            str(self.focus),
            f"{self.path} {self.value} {self.message}",
        )
