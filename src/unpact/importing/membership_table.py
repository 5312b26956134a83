"""From rows of a table of members to memberships in a body."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from unpact.errors import UnpactError, UsageError
from unpact.importing.dates import PartialDate, parse_date
from unpact.importing.known import KnownMembership
from unpact.importing.names import without_marks
from unpact.importing.remarks import Level
from unpact.importing.turtle import dated, iri, text
from unpact.names import ID, TOPIC, UNP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from unpact.importing.headings import MembershipColumns
    from unpact.importing.participants import Participant
    from unpact.importing.statements import Statements
    from unpact.importing.tables import Row

MEMBER_ROLE = TOPIC + "member-role"


class Body(NamedTuple):
    """The body of a table: its node and its name."""

    iri: str
    label: str


class _Term(NamedTuple):
    """The first and the last day of a membership, where they are known."""

    start: PartialDate | None
    end: PartialDate | None

    @property
    def local(self) -> str:
        """What tells it from other terms of the same member, in an IRI."""
        return f"-{self.start}" if self.start else f"-until-{self.end}" if self.end else ""

    @property
    def phrase(self) -> str:
        """What tells it from other terms, in a label."""
        begin = f" from {self.start}" if self.start else ""
        return begin + (
            f" to {self.end}" if self.end and self.start else f" until {self.end}" if self.end else ""
        )


class Memberships:
    """Writes the memberships of a table.

    Args:
        body: in which they are.
        statements: where they go.
        known: the memberships that the graph has in this body, by their members.
        role: gives the IRI of a role by a name; raises UnpactError for one that is none.
    """

    def __init__(
        self,
        body: Body,
        statements: Statements,
        known: dict[str, list[KnownMembership]],
        role: Callable[[str], str],
    ) -> None:
        self._body = body
        self._to = statements
        self._known = known
        self._role = role
        # only the latest term: a body has few members, and each may have had any number of terms
        self._before: dict[str, tuple[_Term, int]] = {}

    def write(self, rows: Iterable[Row], columns: MembershipColumns) -> None:
        """Write the memberships of all rows, in their order."""
        for row in rows:
            if row.is_empty:
                continue
            member = self._to.participant(row, columns.member)
            if member is not None:
                self._row(row, columns, member)

    def _row(self, row: Row, columns: MembershipColumns, member: Participant) -> None:
        try:
            term = _Term(*(self._date(row, at) for at in (columns.start, columns.end)))
            role = self._read_role(row, columns.role)
        except _LeftOut:
            return
        if term.start and term.end and term.start.surely_after(term.end):
            self._to.leave_out(row, columns.end or 0, f"the end {term.end} is before the start {term.start}")
            return
        if self._is_known(row, columns, member, term):
            return
        before = self._before.get(member.iri)
        if before is not None and _surely_overlap(before[0], term):
            self._to.leave_out(
                row, columns.member, f"line {before[1]} has {member.phrase} in the same body at the same time"
            )
            return
        self._before[member.iri] = (term, row.line)
        self._to.describe(member)
        self._to.counts["memberships"] += 1
        self._to.writer.node(
            f"{ID}{member.local}-in-{self._body.iri.rpartition('/')[2]}{term.local}",
            UNP + "Membership",
            (
                (
                    "rdfs:label",
                    [text(f"Membership of {member.phrase} in the {self._body.label}{term.phrase}", "en")],
                ),
                ("org:member", [iri(member.iri)]),
                ("org:organization", [iri(self._body.iri)]),
                ("unp:role", [iri(role)]),
                ("unp:start", [dated(term.start)] if term.start else []),
                ("unp:end", [dated(term.end)] if term.end else []),
                *self._to.source.evidence,
            ),
        )

    def _date(self, row: Row, index: int | None) -> PartialDate | None:
        cell = "" if index is None else row.cell(index)
        if index is None or not any(map(str.isalnum, cell)):
            return None
        try:
            return parse_date(cell)
        except UsageError as error:
            self._to.leave_out(row, index, str(error))
            raise _LeftOut from None

    def _read_role(self, row: Row, index: int | None) -> str:
        cell = "" if index is None else without_marks(row.cell(index))
        if index is None or not cell:
            return MEMBER_ROLE
        try:
            return self._role(cell)
        except UnpactError as error:
            self._to.leave_out(row, index, str(error))
            raise _LeftOut from None

    def _is_known(self, row: Row, columns: MembershipColumns, member: Participant, term: _Term) -> bool:
        """Whether the graph has this membership or one at the same time; what it lacks is added to it."""
        known = self._known.get(member.iri, [])
        for at, there in enumerate(known):
            its = _Term(*(parse_date(day) if day else None for day in (there.start, there.end)))
            if not _may_overlap(its, term):
                continue
            if _agree(there, term):
                known[at] = self._complete(there, term)
                return True
            why = f"the graph has {iri(there.iri)}{its.phrase}"
            if _surely_overlap(its, term):
                self._to.leave_out(row, columns.member, f"{why}, which is at the same time")
                return True
            self._to.remark(
                Level.WARNING,
                row,
                columns.member,
                f"{why}, which may be at the same time, as one end of it is not known",
            )
        return False

    def _complete(self, there: KnownMembership, term: _Term) -> KnownMembership:
        """Let the source confirm a membership of the graph, and give the ends that it lacks."""
        self._to.counts["confirmed"] += 1
        ends = (("unp:start", there.start, term.start), ("unp:end", there.end, term.end))
        new = [(name, [dated(day)]) for name, known, day in ends if known is None and day is not None]
        source = self._to.source.iri
        self._to.writer.node(there.iri, "", (*new, *self._to.source.evidence))
        for name, (value,) in new:
            self._to.writer.annotate(there.iri, name, value, source)
        start, end = (known or (str(day) if day else None) for _, known, day in ends)
        return KnownMembership(there.iri, start, end)


class _LeftOut(Exception):  # noqa: N818 - no error: what is to be said has been said
    """A row that cannot be used."""


def _may_overlap(one: _Term, other: _Term) -> bool:
    """Whether two terms may share a day, an end that is not known being later than every start.

    As `shape:membership-once` sees it: dates of different precision compare by what they share.
    """
    return not _is_before(one.end, other.start) and not _is_before(other.end, one.start)


def _surely_overlap(one: _Term, other: _Term) -> bool:
    """Whether two terms share a day, whatever the ends that are not known may be."""
    return any(
        day is not None
        and whole.start is not None
        and whole.end is not None
        and not _is_before(day, whole.start)
        and not _is_before(whole.end, day)
        for part, whole in ((one, other), (other, one))
        for day in part
    ) or (one.start is not None and one.start == other.start)


def _is_before(end: PartialDate | None, start: PartialDate | None) -> bool:
    return end is not None and start is not None and str(end) < str(start)[: len(str(end))]


def _agree(there: KnownMembership, term: _Term) -> bool:
    return all(
        known is None or day is None or known.startswith(str(day)) or str(day).startswith(known)
        for known, day in ((there.start, term.start), (there.end, term.end))
    )
