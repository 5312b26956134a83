"""What every import shares: participants found and written once, remarks counted, rows chosen."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from unpact.errors import AmbiguousNameError, UnknownNameError
from unpact.importing.names import without_marks
from unpact.importing.remarks import Level, Remark
from unpact.importing.turtle import iri, plain, text

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from unpact.importing.participants import Participant, Participants
    from unpact.importing.source import Source
    from unpact.importing.tables import Row
    from unpact.importing.turtle import TurtleWriter

COUNTRY_CODES = "https://w3id.org/unpact/id/source-country-codes"
"""The source of codes and names, in `data/record/states.ttl`."""


_LONGEST = 80


def shortened(text: str) -> str:
    """A cell as a message quotes it."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "\u2026"


class Statements:
    """Makes statements of rows and writes them while the table is read.

    Args:
        participants: who can be meant.
        source: what the statements rest on.
        writer: where they go.
        tell: hears every remark.
        only: the IRIs of the participants whose rows are wanted; None for all.
    """

    def __init__(
        self,
        participants: Participants,
        source: Source,
        writer: TurtleWriter,
        tell: Callable[[Remark], None],
        only: Container[str] | None = None,
    ) -> None:
        self.participants = participants
        self.source = source
        self.writer = writer
        self.counts: Counter[str] = Counter()
        self._tell = tell
        self._only = only
        self._described: set[str] = set()

    def pass_over(self, above: Iterable[Row], heading: Row, unread: Iterable[int]) -> None:
        """Remark which rows and columns are not read."""
        for row in above:
            self.remark(Level.NOTE, row, 0, "this row stands above the header and is not read")
        for index in unread:
            self.remark(
                Level.NOTE, heading, index, f"no column is called {heading.cell(index)!r}, so it is not read"
            )

    def participant(self, row: Row, index: int) -> Participant | None:
        """Who the cell names; None when nobody is, or when the row is not wanted."""
        self.counts["rows"] += 1
        try:
            found = self.participants.find(row.cell(index))
        except (UnknownNameError, AmbiguousNameError) as error:
            # of a row that names nobody it cannot be said whether it is wanted
            self.leave_out(row, index, str(error))
            return None
        self.counts["resolved"] += 1
        # a code of digits is no footnote mark
        self.counts["footnoted"] += without_marks(row.cell(index)) not in ("", row.cell(index))
        if self._only is not None and found.iri not in self._only:
            return None
        return found

    def leave_out(self, row: Row, index: int, why: str) -> None:
        """Remark that a row, or a cell of it, is not in the output, and leave it there as a comment."""
        self.counts["left out"] += 1
        cell = shortened(row.cell(index))
        self.remark(Level.ERROR, row, index, why if repr(cell) in why else f"{why} (cell {cell!r})")
        self.writer.comment(f"Left out, line {row.place(index)[0]}: {row.text}: {why}")

    def remark(self, level: Level, row: Row, index: int, message: str) -> None:
        """Remark on a cell."""
        self._tell(Remark(level, *row.place(index), message))

    def describe(self, participant: Participant) -> None:
        """Write the node of a participant that the graph does not have, once."""
        if not participant.kind or participant.iri in self._described:
            return
        self._described.add(participant.iri)
        self.counts["participants"] += 1
        names = [text(name, language) for language, name in participant.names.items()]
        of_a_country = bool(participant.names)
        self.writer.node(
            participant.iri,
            participant.kind,
            (
                ("rdfs:label", [text(participant.label, "en")]),
                *((f"unp:{name}", [plain(value)]) for name, value in participant.identifiers.items()),
                ("skos:altLabel", names),
                ("unp:accordingTo", [iri(COUNTRY_CODES if of_a_country else self.source.iri)]),
            ),
        )
