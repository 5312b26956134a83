"""Cuts Turtle or TriG into statements without looking into them.

One regular expression runs from one statement to the next, some ten million characters a second. It knows
strings, IRIs, comments, names and numbers well enough to tell the full stop that ends a statement from all
others. Directives are read on the way, since they say what the names of later statements mean.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING

from unpact.errors import DataSyntaxError
from unpact.turtle import terminals
from unpact.turtle.positions import Positions
from unpact.turtle.prologue import Prologue

if TYPE_CHECKING:
    from collections.abc import Iterator

# Whatever may stand inside a statement. `{|` and `|}` are the annotations of RDF 1.2.
_BODY = (
    rf"[ \t\r\n;,()\[\]^~>]++|{terminals.IRI}|{terminals.NAME}|{terminals.STRING}|{terminals.NUMBER}"
    rf"|{terminals.AT}|{terminals.COMMENT}|<|\{{\||\|\}}"
)
# `prefix:name` is no directive, so something other than a name has to follow the keyword
_DIRECTIVE = (
    r"(?P<keyword>(?P<at>@)(?:prefix|base|version)|(?i:prefix|base|version))(?=[ \t\r\n<\"'#])"
    rf"{terminals.TRIVIA}(?P<prefix>{terminals.NAME})?{terminals.TRIVIA}"
    rf"(?P<value>{terminals.IRI}|{terminals.STRING})(?(at){terminals.TRIVIA}\.)"
)
_STATEMENT = re.compile(
    rf"(?P<trivia>{terminals.TRIVIA})"
    rf"(?:{_DIRECTIVE}|(?P<head>{terminals.IRI}|{terminals.NAME})?(?>(?:{_BODY})*)[.{{}}])",
    re.DOTALL,
)
_TRAILING = re.compile(terminals.TRIVIA)


class Statements:
    """A document with the borders of its statements; in TriG the braces are borders too.

    Args:
        text: the document.
        file: what error messages call it.
        base: the IRI that relative ones are resolved against.

    Raises:
        DataSyntaxError: where a statement does not end.
    """

    def __init__(self, text: str, *, file: str, base: str) -> None:
        self.text = text
        self.file = file
        self.prologue = Prologue(base)
        # statements are many, and plain numbers cost the least
        self.starts = array("q")
        self._ends = array("q")
        self._heads: dict[str, int | list[int]] = {}
        #: The statements whose subject is a reified triple of RDF 1.2, which may stand for any node.
        self.reified: list[int] = []
        self._positions: Positions | None = None
        self._split()

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, offset: int) -> int:
        """The number of the statement that `offset` lies in."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def end(self, number: int) -> int:
        """The offset behind a statement."""
        return self._ends[number]

    def look_from(self, offset: int) -> int:
        """Where to begin to look for the next blank node, if that can be told without looking."""
        return offset

    def heads(self) -> dict[str, int | list[int]]:
        """The IRIs, prefixed names and labels that begin statements, as they are written.

        Each is followed by their numbers; one that begins only one may be followed by this number alone.
        """
        return self._heads

    @property
    def positions(self) -> Positions:
        """Lines and columns, counted when they are first asked for."""
        if self._positions is None:
            self._positions = Positions(self.text)
        return self._positions

    def error(self, message: str, offset: int) -> DataSyntaxError:
        """The error to raise for what is wrong at `offset`."""
        line, column = self.positions.position(offset)
        return DataSyntaxError(
            message, path=self.file, line=line, column=column, hint="Correct the line and try again."
        )

    def _split(self) -> None:
        text, match_at = self.text, _STATEMENT.match
        starts, ends, heads = self.starts, self._ends, self._heads
        at = 0
        while (match := match_at(text, at)) is not None:
            start = match.end(1)
            at = match.end()
            head = match[6]
            if head is not None:
                number = len(starts)
                known = heads.setdefault(head, number)
                if known != number:
                    _add(heads, head, known, number)
            elif match[2] is not None:
                self._declare(match, at)
            elif text[start] == "<":
                self.reified.append(len(starts))
            starts.append(start)
            ends.append(at)
        rest = _TRAILING.match(text, at)
        end = at if rest is None else rest.end()
        if end < len(text):
            raise self.error("this statement does not end", end)

    def _declare(self, match: re.Match[str], offset: int) -> None:
        keyword, value = match["keyword"].lower(), match["value"]
        if keyword.endswith("prefix"):
            self.prologue.declare_prefix(offset, (match["prefix"] or "").removesuffix(":"), value)
        elif keyword.endswith("base"):
            self.prologue.declare_base(offset, value)


def numbers(found: int | list[int] | None) -> Iterator[int]:
    """The statements of a head, whichever way `Statements.heads` holds them."""
    if isinstance(found, list):
        yield from found
    elif found is not None:
        yield found


def _add(heads: dict[str, int | list[int]], head: str, known: int | list[int], number: int) -> None:
    if isinstance(known, list):
        known.append(number)
    else:
        heads[head] = [known, number]
