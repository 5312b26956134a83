"""The paper that a layout is written on, word by word."""

from __future__ import annotations


class Page:
    """Text with an indentation to come, and comments, behind which a line cannot go on."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._indent = 0
        self._fresh = True
        self._commented = False
        #: The column behind the last character, counted from 0.
        self.column = 0
        #: The indentation of a line that has to begin because a comment ended the one before.
        self.continuation = 0

    @property
    def empty(self) -> bool:
        """Whether nothing was written yet."""
        return not self._parts

    def newline(self, indent: int) -> None:
        """Let the next word begin a line; a line that has begun already only gets its indentation."""
        if not self._fresh:
            self._parts.append("\n")
        self._fresh, self._commented = True, False
        self._indent = self.column = indent

    def blank_line(self) -> None:
        """Leave one line empty."""
        self.newline(0)
        self._parts.append("\n")

    def word(self, text: str, *, space: bool = True) -> None:
        """Write a word, with a space in front unless it begins a line."""
        if self._commented:
            self.newline(self.continuation)
        if self._fresh:
            self._parts.append(" " * self._indent)
            self.column = self._indent
        elif space:
            self._parts.append(" ")
            self.column += 1
        self._fresh = False
        self._parts.append(text)
        newline = max(text.rfind("\n"), text.rfind("\r"))
        self.column = self.column + len(text) if newline < 0 else len(text) - newline - 1

    def comment(self, text: str, *, own_line: bool) -> None:
        """Write a comment behind the last word, or on a line of its own."""
        if own_line and not self._fresh:
            self.newline(self.continuation)
        elif own_line:
            self._indent = self.continuation
        self.word(text.rstrip(" \t\f\v"))
        self._commented = True

    def text(self) -> str:
        """All that was written, with a newline at its end."""
        return "".join([*self._parts, "" if self._fresh else "\n"])
