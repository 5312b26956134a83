"""The text that findings point at, and the part of it that is meant."""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from unpact.finding import Place


class Span(NamedTuple):
    """The part of a file that a place means, with nothing in it that contradicts itself.

    Args:
        line: where it begins, counted from 1.
        column: of its first character, counted from 1.
        end_line: never before `line`.
        end_column: behind its last character; never without `column` and `end_line`.
    """

    line: int
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


def span_of(place: Place | None) -> Span | None:
    """The span of a place; None for one without a line. An end that lies before its start is left out."""
    if place is None or place.line is None:
        return None
    line, column, end_line, end_column = place.line, place.column, place.end_line, place.end_column
    if column is None:
        end_column = None
    elif end_column is not None and end_line is None:
        end_line = line
    if end_line is not None and end_line < line:
        end_line = end_column = None
    if end_line == line and end_column is not None and column is not None and end_column < column:
        end_column = None
    return Span(line, column, end_line, end_column)


class Sources:
    """The lines of the files that findings name, each file read once.

    Lines end as those of SARIF do unless a log says otherwise: with a line feed, or a carriage return and a
    line feed.

    Args:
        read: gives the text of a file, or None.
    """

    def __init__(self, read: Callable[[str], str | None]) -> None:
        self._read = read
        self._files: dict[str, _Text] = {}

    def line(self, file: str, number: int) -> str | None:
        """One line without its end; None where there is no such line."""
        text = self._text(file)
        return text.line(number) if 0 < number <= len(text) else None

    def text(self, file: str, span: Span) -> str | None:
        """What `span` covers: up to the end of its last line where it has no end column of its own."""
        text, last = self._text(file), span.end_line or span.line
        if not 0 < span.line <= last <= len(text):
            return None
        lines = [text.line(number) for number in range(span.line, last + 1)]
        if span.end_column is not None:
            lines[-1] = lines[-1][: span.end_column - 1]
        lines[0] = lines[0][(span.column or 1) - 1 :]
        return "\n".join(lines)

    def _text(self, file: str) -> _Text:
        if file not in self._files:
            self._files[file] = _Text(self._read(file))
        return self._files[file]


class _Text:
    """A text with the borders of its lines: a string for each would take as much room as the text again.

    Args:
        text: None for one that is not at hand and has no lines.
    """

    def __init__(self, text: str | None) -> None:
        self._text = text or ""
        self._ends = array("q", (match.start() for match in re.finditer("\n", self._text)))
        if text is not None:
            self._ends.append(len(text))

    def __len__(self) -> int:
        return len(self._ends)

    def line(self, number: int) -> str:
        start = self._ends[number - 2] + 1 if number > 1 else 0
        end = self._ends[number - 1]
        line = self._text[start:end]
        return line.removesuffix("\r") if end < len(self._text) else line
