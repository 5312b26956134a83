"""What a check finds: one shape for all checks, so that one set of formatters serves them all.

Syntax errors, SHACL, the checks of the shapes, coverage, stored queries and the ontology all report in
findings. A place is counted as editors count: lines and columns from 1, columns in characters, and the end
just behind the last character, as in SARIF 2.1.0 (section 3.30).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Term = NamedNode | BlankNode | Literal | Triple


class Severity(StrEnum):
    """How bad a finding is, worst first; the value is the word that users read."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """Violations are 0 and come first."""
        return list(Severity).index(self)

    def reaches(self, threshold: Severity) -> bool:
        """Whether this is as bad as `threshold`, or worse."""
        return self.rank <= threshold.rank


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written.

    Args:
        file: as users know it: relative to the tree, or as they named it.
        line: counted from 1; None where the syntax has no lines of its own.
        column: counted from 1, in characters.
        end_line: the line of the last character.
        end_column: the column just behind it.
    """

    file: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None

    def __str__(self) -> str:
        return ":".join([self.file, *(str(part) for part in (self.line, self.column) if part is not None)])


class Premise(NamedTuple):
    """One of several triples that a finding rests on.

    Args:
        said: the triple, as Turtle has it.
        place: where it is written; None for what is not in a file at hand.
    """

    said: str
    place: Place | None


class Grounds(NamedTuple):
    """Why something that is written in several places is wrong.

    Args:
        rule: by which it is, `cax-dw`, as the OWL 2 Profiles recommendation names it.
        reading: the rule in plain words.
        premises: all that it rests on, facts before axioms.
    """

    rule: str
    reading: str
    premises: tuple[Premise, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Args:
        check: a stable id, `must/treaty-act-date` or `coverage/triple-without-sentence`.
        severity: violation, warning or info.
        message: a sentence on what is wrong, for the person who edits the file.
        focus: the node that is wrong.
        path: the property, or a literal with the SPARQL form of a longer path.
        value: the value that is wrong.
        place: of the offending triple, or of the first triple of the focus node where something is missing.
        mend: what to do about it, if there is more to say than the message does.
        grounds: what it rests on, where that is more than what stands at the place.
    """

    check: str
    severity: Severity
    message: str
    focus: Term | None = None
    path: Term | None = None
    value: Term | None = None
    place: Place | None = None
    mend: str | None = None
    grounds: Grounds | None = None

    @property
    def file(self) -> str | None:
        """The file of the place, if there is one."""
        return None if self.place is None else self.place.file

    @property
    def line(self) -> int | None:
        """The line of the place, if it is known."""
        return None if self.place is None else self.place.line

    @property
    def sort_key(self) -> tuple[int, str, int, int, str, str, str]:
        """Violations first, then by place, then by what was checked."""
        return (
            self.severity.rank,
            self.file or "",
            self.line or 0,
            (self.place.column if self.place is not None else None) or 0,
            self.check,
            str(self.focus),
            f"{self.path} {self.value} {self.message}",
        )
