"""How much room words take, without the font that a reader's browser will choose."""

from __future__ import annotations

import unicodedata

from unpact.render.rows import one_line

# widths as parts of the size of the letters, those of the widest of the usual sans-serif fonts
_NARROW, _USUAL, _CAPITAL, _BROAD, _FULL = 0.36, 0.63, 0.74, 0.98, 1.05
_NARROW_ONES = frozenset("iljtfI.,:;'!|()[]/- ")
_BROAD_ONES = frozenset("mwMW@%—…")


def width_of(words: str, size: float) -> float:
    """The width of words in a line, in the unit of `size`."""
    return size * sum(map(_part, words))


def printable(words: str) -> str:
    """Words on one line, without the characters that XML does not have."""
    return "".join(each for each in one_line(words) if unicodedata.category(each) not in ("Cc", "Cs", "Cn"))


def fitted(words: str, size: float, room: float) -> str:
    """Words on one line, cut with an ellipsis where they need more than `room`."""
    line = printable(words)
    if width_of(line, size) <= room:
        return line
    used = width_of("…", size)
    for place, letter in enumerate(line):
        used += size * _part(letter)
        if used > room:
            return line[:place].rstrip() + "…"
    return line


def wrapped(words: str, size: float, room: float, lines: int) -> tuple[str, ...]:
    """Words on some lines at most, broken between words, the last line cut where they need more."""
    found: list[str] = []
    rest = fitted(words, size, float("inf")).split(" ")
    while rest and len(found) < lines - 1:
        count = 1
        while count < len(rest) and width_of(" ".join(rest[: count + 1]), size) <= room:
            count += 1
        found.append(fitted(" ".join(rest[:count]), size, room))
        rest = rest[count:]
    if rest:
        found.append(fitted(" ".join(rest), size, room))
    return tuple(found)


def _part(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return _FULL
    if letter in _NARROW_ONES:
        return _NARROW
    if letter in _BROAD_ONES:
        return _BROAD
    return _CAPITAL if letter.isupper() else _USUAL
