"""Delimited text as it comes: rows one at a time, with the place of each cell, whatever the table's size."""

from __future__ import annotations

import csv
import re
import sys
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Generic, NamedTuple, TypeVar

from unpact.corpus.files import unreadable
from unpact.errors import DataSyntaxError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

H = TypeVar("H")

DELIMITERS = (",", ";", "\t", "|")
LINES_OF_HEAD = 60
"""How far down a header is looked for: above it may stand a title."""

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"
_SAVE = "Save the table as CSV in UTF-8."
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


class Row(NamedTuple):
    """A row, its text as it stands in the file, and the line on which it begins."""

    cells: list[str]
    raw: str
    line: int
    delimiter: str

    def place(self, index: int) -> tuple[int, int]:
        """Line and column, counted from 1, at which the cell begins."""
        start = self._start(index)
        before = self.raw[:start]
        return self.line + before.count("\n"), start - before.rfind("\n")

    def cell(self, index: int) -> str:
        """The text of a cell without blanks around it; empty where the row is short."""
        return self.cells[index].strip() if index < len(self.cells) else ""

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return not any(map(str.strip, self.cells))

    @property
    def text(self) -> str:
        """Its cells in one line."""
        return " | ".join(self.cells).rstrip(" |")

    def _start(self, index: int) -> int:
        at = 0
        for number in range(index + 1):
            while self.raw.startswith(" ", at):
                at += 1
            if number == index:
                break
            quoted = _QUOTED.match(self.raw, at)
            end = self.raw.find(self.delimiter, quoted.end() if quoted else at)
            if end < 0:
                return len(self.raw.rstrip("\r\n"))
            at = end + 1
        return at


class Table(NamedTuple, Generic[H]):
    """A table that has been read up to its header.

    Args:
        header: what the columns mean.
        heading: the row that says so.
        above: the rows above it that hold anything, such as a title.
        rows: those below it, read when they are asked for.
    """

    header: H
    heading: Row
    above: list[Row]
    rows: Iterator[Row]


@contextmanager
def opened_table(name: str) -> Iterator[BinaryIO]:
    """The bytes of a table: a file, or standard input for `-`.

    Raises:
        UsageError: when it cannot be read.
    """
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = Path(name).open("rb")  # noqa: SIM115 - closed below; only opening may fail here, not the work
    except OSError as error:
        raise unreadable(name, error) from None
    with stream:
        yield stream


def read_table(
    stream: Iterable[bytes],
    name: str,
    read_header: Callable[[Sequence[str]], H | None],
    *,
    delimiter: str | None = None,
    expected: str,
) -> Table[H]:
    """Find the header of a table and what parts its cells.

    Args:
        stream: its lines.
        name: what messages call it.
        read_header: what a row of headings means; None for a row that is no header.
        delimiter: what parts the cells; None to take the one with which a header is found.
        expected: which headings there should be, for the hint.

    Raises:
        UsageError: when no row is a header.
        DataSyntaxError: for bytes that are not UTF-8, or quotes that do not end.
    """
    lines = _decoded(stream, name)
    head = list(islice(lines, LINES_OF_HEAD))
    for candidate in DELIMITERS if delimiter is None else (delimiter,):
        if _has_header(head, candidate, read_header):
            break
    else:
        raise UsageError("no row is a header", where=name, hint=f"There should be {expected}.")
    rows = _rows(chain(head, lines), name, candidate)
    above: list[Row] = []
    for row in rows:
        header = read_header(row.cells)
        if header is not None:
            return Table(header, row, above, rows)
        if not row.is_empty:
            above.append(row)
    raise AssertionError  # the header was seen in the head


def _has_header(head: list[str], delimiter: str, read_header: Callable[[Sequence[str]], H | None]) -> bool:
    try:
        return any(
            read_header(cells) is not None
            for cells in csv.reader(head, delimiter=delimiter, skipinitialspace=True)
        )
    except csv.Error:
        return False


def _rows(lines: Iterable[str], name: str, delimiter: str) -> Iterator[Row]:
    taken: list[str] = []

    def kept() -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line

    line = 1
    reader = csv.reader(kept(), delimiter=delimiter, skipinitialspace=True, strict=True)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise DataSyntaxError(
                f"the row that begins here is no CSV ({error})",
                path=name,
                line=line,
                column=1,
                hint="Look for a quote that is not closed, or not doubled inside of quotes.",
            ) from None
        if cells is None:
            return
        yield Row(cells, "".join(taken), line, delimiter)
        line += len(taken)
        taken.clear()


def _decoded(stream: Iterable[bytes], name: str) -> Iterator[str]:
    for number, line in enumerate(stream, start=1):
        if number == 1:
            if line.startswith(_UTF16):
                raise DataSyntaxError("this is UTF-16, not UTF-8", path=name, line=1, column=1, hint=_SAVE)
            line = line.removeprefix(_BOM)  # noqa: PLW2901 - the mark is no part of the text
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError as error:
            column = len(line[: error.start].decode("utf-8")) + 1
            raise DataSyntaxError(
                f"the byte 0x{line[error.start]:02x} is not UTF-8",
                path=name,
                line=number,
                column=column,
                hint=_SAVE,
            ) from None
