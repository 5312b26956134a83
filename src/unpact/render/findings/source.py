"""The text that findings point at, and the part of it that is meant."""

from __future__ import annotations

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
        self._files: dict[str, list[str]] = {}

    def line(self, file: str, number: int) -> str | None:
        """One line without its end; None where there is no such line."""
        lines = self._lines(file)
        return lines[number - 1] if 0 < number <= len(lines) else None

    def text(self, file: str, span: Span) -> str | None:
        """What `span` covers: up to the end of its last line where it has no end column of its own."""
        last = span.end_line or span.line
        lines = self._lines(file)[span.line - 1 : last]
        if len(lines) != last - span.line + 1:
            return None
        if span.end_column is not None:
            lines[-1] = lines[-1][: span.end_column - 1]
        lines[0] = lines[0][(span.column or 1) - 1 :]
        return "\n".join(lines)

    def _lines(self, file: str) -> list[str]:
        if file not in self._files:
            text = self._read(file)
            self._files[file] = [] if text is None else text.replace("\r\n", "\n").split("\n")
        return self._files[file]
