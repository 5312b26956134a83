"""A source line made fit to be shown, with the part that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from unpact.render.findings.source import span_of
from unpact.render.table import width

if TYPE_CHECKING:
    from unpact.finding import Finding
    from unpact.render.findings.source import Sources, Span

_TAB = 4
_CUT = "..."


class Excerpt(NamedTuple):
    """One line as it is shown: tabs are blanks, no character steers a terminal.

    Args:
        number: of the line, counted from 1.
        before: what stands before the part that is meant, or the whole line where no part is.
        marked: the part that is meant; empty behind the end of a line, None where none is.
        after: the rest of the line.
    """

    number: int
    before: str
    marked: str | None
    after: str


def excerpt_of(finding: Finding, sources: Sources, columns: int) -> Excerpt | None:
    """The first line that a finding is about, cut to `columns`; None where the line is unknown or blank."""
    span = span_of(finding.place)
    if span is None or finding.file is None:
        return None
    line = sources.line(finding.file, span.line)
    if line is None or not line.strip():
        return None
    start, end = _bounds(line, span)
    shown = _shown(line)
    sizes = [width(text) for text in shown]
    low, high = _window(sizes, start or 0, end, columns)
    head = _CUT if low else ""
    tail = _CUT if high < len(shown) else ""
    if start is None:
        return Excerpt(span.line, head + "".join(shown[low:high]).rstrip() + tail, None, "")
    end = min(end, high)
    return Excerpt(
        span.line,
        head + "".join(shown[low:start]),
        "".join(shown[start:end]),
        "".join(shown[end:high]).rstrip() + tail,
    )


def _bounds(line: str, span: Span) -> tuple[int | None, int]:
    """From which character to before which; the start is None where no part of the line is meant."""
    if span.column is None:
        return None, 0
    start = min(span.column - 1, len(line))
    if span.end_line is not None and span.end_line > span.line:
        return start, len(line)
    end = span.end_column - 1 if span.end_column is not None else start
    return start, min(max(end, start + 1), len(line))


def _shown(line: str) -> list[str]:
    """What to show for each character."""
    shown: list[str] = []
    column = 0
    for character in line:
        if character == "\t":
            text = " " * (_TAB - column % _TAB)
        else:
            text = character if character.isprintable() or character in "\u200c\u200d" else " "
        shown.append(text)
        column += width(text)
    return shown


def _window(sizes: list[int], start: int, end: int, columns: int) -> tuple[int, int]:
    """Which characters to show: from `start` to `end` as far as they fit, and the same on both sides."""
    if sum(sizes) <= columns:
        return 0, len(sizes)
    left = max(columns - 2 * len(_CUT), 1)
    low = high = start
    while high < max(end, start + 1) and high < len(sizes) and sizes[high] <= left:
        left -= sizes[high]
        high += 1
    grown = True
    while grown:
        grown = False
        if low and sizes[low - 1] <= left:
            low -= 1
            left -= sizes[low]
            grown = True
        if high < len(sizes) and high >= end and sizes[high] <= left:
            left -= sizes[high]
            high += 1
            grown = True
    return low, high
