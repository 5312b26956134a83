"""Findings of checks as lines and as JSON, the same for every check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.names import compact
from unpact.render.rows import one_line

if TYPE_CHECKING:
    from unpact.finding import Finding, Term


def as_line(finding: Finding) -> str:
    """``file:line: violation: message [must/MembershipPeriod]``, a form that editors and CI systems link."""
    place = f"{finding.place}: " if finding.place is not None else ""
    word = _word(finding.focus) if finding.focus is not None else ""
    focus = f" ({word})" if word and word not in finding.message else ""
    return one_line(f"{place}{finding.severity}: {finding.message}{focus} [{finding.check}]")


def counted(number: int, noun: str = "finding") -> str:
    """``1 finding``, ``2 findings``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def as_json(finding: Finding) -> dict[str, object]:
    """A finding as a JSON object with the same keys as its fields."""
    return {
        "check": finding.check,
        "severity": str(finding.severity),
        "message": finding.message,
        "focus": _text(finding.focus),
        "path": _text(finding.path),
        "value": _text(finding.value),
        "file": finding.file,
        "line": finding.line,
    }


def _word(term: Term) -> str:
    return compact(term.value) if isinstance(term, NamedNode) else _text(term) or ""


def _text(term: Term | None) -> str | None:
    if term is None:
        return None
    return str(getattr(term, "value", term))
