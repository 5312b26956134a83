"""From rows of a status table to acts under a treaty."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from unpact.errors import UsageError
from unpact.importing.acts import ACCESSION, KINDS, SIGNATURE
from unpact.importing.cells import read_act
from unpact.importing.remarks import Level
from unpact.importing.turtle import dated, iri, text
from unpact.names import ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unpact.importing.acts import ActKind
    from unpact.importing.cells import DatedAct
    from unpact.importing.dates import PartialDate
    from unpact.importing.headings import TreatyColumns
    from unpact.importing.known import KnownAct
    from unpact.importing.participants import Participant
    from unpact.importing.statements import Statements
    from unpact.importing.tables import Row


_BINDING = frozenset(kind.iri for kind in KINDS if kind.binds)
# who signed a treaty does not accede to it: shape:accession
_SIGNED_AND_ACCEDED = frozenset((SIGNATURE.iri, ACCESSION.iri))
_OPPOSITES = {SIGNATURE.name: ACCESSION, ACCESSION.name: SIGNATURE}


class Treaty(NamedTuple):
    """The treaty of a table: its node, its name, and its number in the UN Treaty Collection if it has one."""

    iri: str
    label: str
    number: str | None = None

    @property
    def local(self) -> str:
        """The local part of the IRI."""
        return self.iri.rpartition("/")[2]


class _Found(NamedTuple):
    """An act with the cell that states it."""

    act: DatedAct
    column: int


class TreatyActs:
    """Writes the acts of a table.

    Args:
        treaty: under which they are.
        statements: where they go.
        known: the acts that the graph has under this treaty, by their actors.
        latest: the day after which no act can be.
    """

    def __init__(
        self,
        treaty: Treaty,
        statements: Statements,
        known: dict[str, list[KnownAct]],
        latest: PartialDate,
    ) -> None:
        self._treaty = treaty
        self._to = statements
        self._known = known
        self._latest = latest
        # the first act of each kind that a participant has done: a table of any length names few participants
        self._first: dict[tuple[str, str], tuple[PartialDate, int]] = {}

    def write(self, rows: Iterable[Row], columns: TreatyColumns) -> None:
        """Write the acts of all rows, in their order."""
        for row in rows:
            if not row.is_empty:
                self._row(row, columns)

    def _row(self, row: Row, columns: TreatyColumns) -> None:
        actor = self._to.participant(row, columns.participant)
        if actor is None:
            return
        before = self._to.counts["left out"]
        found = [each for each in (self._cell(row, at, columns) for at in columns.acts) if each is not None]
        if found:
            self._compare(row, found)
            # what cannot be an act leaves no trace of its actor either
            for each in found:
                self._act(row, actor, each)
        elif before == self._to.counts["left out"]:
            self._to.leave_out(row, columns.participant, "the row has no date")

    def _cell(self, row: Row, index: int, columns: TreatyColumns) -> _Found | None:
        try:
            act = read_act(row.cell(index), columns.acts[index])
        except UsageError as error:
            self._to.leave_out(row, index, str(error))
            return None
        if act is None:
            return None
        if act.date.surely_after(self._latest):
            self._to.leave_out(row, index, f"{act.date} is later than {self._latest}, the day of the table")
            return None
        self._to.counts["footnoted"] += act.footnoted
        return _Found(act, index)

    def _compare(self, row: Row, found: Sequence[_Found]) -> None:
        """Warn where consent comes before the signature."""
        signature = next((each for each in found if each.act.kind == SIGNATURE), None)
        for each in found:
            if signature and each.act.kind.binds and signature.act.date.surely_after(each.act.date):
                self._to.remark(
                    Level.WARNING,
                    row,
                    each.column,
                    f"the {_words(each.act.kind)} of {each.act.date} is earlier than the signature of "
                    f"{signature.act.date}",
                )

    def _act(self, row: Row, actor: Participant, found: _Found) -> None:
        kind, date, _ = found.act
        if self._is_known(row, actor, found) or self._is_excluded(row, actor, found):
            return
        first = self._first.setdefault((actor.iri, kind.name), (date, row.line))
        local = f"{actor.local}-{kind.local}-{self._treaty.local}"
        if first != (date, row.line):
            if first[0] == date:
                self._to.remark(Level.NOTE, row, found.column, f"line {first[1]} says the same")
                return
            self._to.remark(
                Level.WARNING,
                row,
                found.column,
                f"line {first[1]} has another {_words(kind)} by {actor.phrase}, of {first[0]}",
            )
            local = f"{local}-{date}"
        self._to.describe(actor)
        self._to.counts["acts"] += 1
        label = kind.label.format(actor=actor.phrase, treaty=self._treaty.label)
        self._to.writer.node(
            ID + local,
            kind.iri,
            (
                ("rdfs:label", [text(label, "en")]),
                ("unp:actor", [iri(actor.iri)]),
                ("unp:treaty", [iri(self._treaty.iri)]),
                ("unp:date", [dated(date)]),
                *self._to.source.evidence,
            ),
        )

    def _is_excluded(self, row: Row, actor: Participant, found: _Found) -> bool:
        """Whether the actor has done what rules this act out, in a cell before; if so, that is said."""
        other = _OPPOSITES.get(found.act.kind.name)
        first = self._first.get((actor.iri, other.name)) if other else None
        if other is None or first is None:
            return False
        why = f"line {first[1]} has {_words(other)} by {actor.phrase}, and who signed does not accede"
        self._to.leave_out(row, found.column, why)
        return True

    def _is_known(self, row: Row, actor: Participant, found: _Found) -> bool:
        """Whether the graph has this act or one that rules it out; what is to be said of that is said."""
        kind, date, _ = found.act
        there = self._known.get(actor.iri)
        if not there:
            return False
        same = [act for act in there if act.kind == kind.iri]
        agreeing = next((act for act in same if _agrees(act.date, date)), None)
        if agreeing is not None:
            if agreeing.date != str(date):
                self._to.remark(
                    Level.NOTE,
                    row,
                    found.column,
                    f"{iri(agreeing.iri)} keeps its date {agreeing.date}; the table has {date}",
                )
                self._to.writer.comment(f"Line {row.line}: {date}")
            self._to.counts["confirmed"] += 1
            self._to.writer.node(agreeing.iri, "", self._to.source.evidence)
            return True
        other = next((act for act in there if act in same or _excludes(act.kind, kind)), None)
        if other is not None:
            self._to.leave_out(
                row,
                found.column,
                f"the graph has {iri(other.iri)}, {iri(other.kind)} of {other.date}, where the table has "
                f"{_words(kind)} of {date}",
            )
        return other is not None


def _words(kind: ActKind) -> str:
    return kind.local.replace("-", " ")


def _agrees(known: str | None, date: PartialDate) -> bool:
    """Whether two dates may be one, of which either may be less precise."""
    return known is None or known.startswith(str(date)) or str(date).startswith(known)


def _excludes(known: str, kind: ActKind) -> bool:
    """Whether who has done the one act cannot have done the other: consent is given in one way."""
    return (known in _BINDING and kind.binds) or {known, kind.iri} == _SIGNED_AND_ACCEDED
