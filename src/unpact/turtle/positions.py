"""Lines and columns of offsets."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left

from unpact.finding import Place

_NEWLINE = re.compile("\n")


class Positions:
    """Turns offsets of one text into lines and columns, both counted from 1 and in characters."""

    def __init__(self, text: str) -> None:
        # lines are many, and plain numbers cost the least
        self._ends = array("q", (match.start() for match in _NEWLINE.finditer(text)))

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column of the character at `offset`."""
        line = bisect_left(self._ends, offset)
        begin = self._ends[line - 1] + 1 if line else 0
        return line + 1, offset - begin + 1

    def place(self, file: str, span: tuple[int, int]) -> Place:
        """The place of a stretch of the text; the end column is the one just behind its last character."""
        start, end = span
        line, column = self.position(start)
        end_line, last = self.position(max(start, end - 1))
        return Place(file, line, column, end_line, last + 1 if end > start else last)
