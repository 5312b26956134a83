"""A table for people: with rules and wrapping on a terminal, plain aligned columns in a pipe or a file."""

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING, Literal, TextIO

from unpact.render.rows import Labeller, Tabular, one_line, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.render.notes import Note

_GAP = "  "


def write_table(result: Tabular, stream: TextIO, labels: Labeller, notes: Sequence[Note] = ()) -> None:
    """Write `result` for reading; values are never cut, and never wrapped unless `stream` is a terminal.

    Notes follow below the table, one line each.

    A result without rows writes nothing at all: whoever calls this says so on standard error.
    """
    if not result.rows:
        return
    rows = [[one_line(words(cell, labels)) for cell in row] for row in result.rows]
    if stream.isatty():
        _write_rich(result.variables, rows, stream)
    else:
        write_plain(result.variables, rows, stream)
    if notes:
        stream.writelines(("\n", *(f"{one_line(str(note))}\n" for note in notes)))


def write_plain(names: Sequence[str], rows: Sequence[Sequence[str]], stream: TextIO) -> None:
    """Write columns padded with blanks, a rule of dashes below the header, no blanks at the end of a line."""
    widths = [max(map(width, column)) for column in zip(names, *rows, strict=True)]
    rule = ["-" * size for size in widths]
    for cells in (names, rule, *rows):
        padded = (cell + " " * (size - width(cell)) for cell, size in zip(cells, widths, strict=True))
        stream.write(_GAP.join(padded).rstrip() + "\n")


def width(text: str) -> int:
    """The number of terminal columns that `text` takes: two for a wide East Asian character, none for a
    combining one.
    """
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _write_rich(names: Sequence[str], rows: Sequence[Sequence[str]], stream: TextIO) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in names:
        table.add_column(Text(name), overflow="fold")
    for row in rows:
        # Text, because a plain string would be read as markup and "[draft]" would vanish.
        table.add_row(*(Text(cell) for cell in row))
    # https://no-color.org asks for no colour; bold is left out too, so that nothing but text is written.
    system: Literal["auto"] | None = None if os.environ.get("NO_COLOR") else "auto"
    Console(file=stream, highlight=False, color_system=system).print(table)
