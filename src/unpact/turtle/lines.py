"""Cuts N-Triples and N-Quads into statements: each is a line, which need not be looked through."""

from __future__ import annotations

import re

from unpact.turtle import terminals
from unpact.turtle.split import Statements

_BEGINNING = re.compile(
    rf"(?P<iri>{terminals.IRI})|(?P<label>{terminals.LABEL})|(?P<none>[ \t]*+(?:[#\r\n]|\Z))"
)
# begins no line
_NEVER = "\0"


class Lines(Statements):
    """A document of N-Triples or N-Quads with the borders of its statements; arguments as of `Statements`.

    Where its lines are not such as every writer makes them, it is cut as Turtle is.

    Raises:
        DataSyntaxError: where a statement does not end.
    """

    def end(self, number: int) -> int:
        """The offset behind a statement, with what follows it on its line."""
        if not self._by_line:
            return super().end(number)
        found = self.text.find("\n", self.starts[number])
        return len(self.text) if found < 0 else found

    def look_from(self, offset: int) -> int:
        """Where to begin to look for the next blank node: nowhere before its line."""
        if not self._by_line:
            return offset
        found = self.text.find("_:", offset)
        return len(self.text) if found < 0 else max(offset, self.text.rfind("\n", 0, found) + 1)

    def _split(self) -> None:
        self._by_line = self._split_lines()
        if not self._by_line:
            del self.starts[:]
            super()._split()

    def _split_lines(self) -> bool:
        """Whether each line is a statement, a comment or blank; the statements are noted then."""
        text, note = self.text, self.starts.append
        heads: dict[str, list[int]] = {}
        find, begins = text.find, text.startswith
        # a line may also end in a carriage return alone, which nobody writes
        if text.count("\r") != text.count("\r\n"):
            return False
        at, number, size = 0, 0, len(text)
        head = _NEVER
        found: list[int] = []
        while at < size:
            # most lines have the subject of the one before
            if not begins(head, at):
                match = _BEGINNING.match(text, at)
                if match is None:
                    return False
                if match.lastgroup == "none":
                    at = find("\n", at) + 1 or size
                    continue
                found = heads.setdefault(match[0], [])
                # a label may be the beginning of a longer one
                head = match[0] if match.lastgroup == "iri" else _NEVER
            found.append(number)
            note(at)
            number += 1
            at = find("\n", at) + 1 or size
        self._heads.update(heads)
        return True
