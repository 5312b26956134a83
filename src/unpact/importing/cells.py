"""What stands in the cells of a status table: a date, letters that name the act, and footnote marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from unpact.errors import UsageError
from unpact.importing.acts import BY_LETTER
from unpact.importing.dates import read_date
from unpact.importing.names import without_marks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unpact.importing.acts import ActKind
    from unpact.importing.dates import PartialDate

_BLANK = frozenset(("", "-", "\u2013", "\u2014", "\u2026", "...", "n/a", "N/A"))
_LETTERS = re.compile(r"\s*(?:\((?P<bracketed>[A-Za-z]{1,2})\)|(?P<plain>[A-Za-z]{1,3}))(?![A-Za-z])")


class Meaning(NamedTuple):
    """What dates in a column mean.

    Args:
        plain: the act of a date without letters; None where the heading names none.
        letters: the acts that the heading gives letters to; None for one that is unknown.
    """

    plain: ActKind | None
    letters: Mapping[str, ActKind | None]


class DatedAct(NamedTuple):
    """An act and when it was done; whether footnotes hang on it."""

    kind: ActKind
    date: PartialDate
    footnoted: bool


def read_act(cell: str, meaning: Meaning) -> DatedAct | None:
    """The act that a cell states; None where the cell is blank.

    Raises:
        UsageError: when it is no date, or its letters name no act.
    """
    text = cell.strip()
    if text in _BLANK:
        return None
    try:
        date, end = read_date(text)
    except UsageError:
        if without_marks(text):
            raise
        return None
    letters = _LETTERS.match(text, end)
    if letters:
        end = letters.end()
    rest = text[end:]
    if rest and without_marks(f"x{rest}") != "x":
        raise UsageError(f"behind the date stands {rest.strip()!r}, which is no footnote mark")
    return DatedAct(
        _kind(letters[letters.lastgroup or 0] if letters else "", meaning), date, bool(rest.strip())
    )


def _kind(letters: str, meaning: Meaning) -> ActKind:
    if not letters:
        if meaning.plain is None:
            raise UsageError("the date has no letter, and the heading says no act for such a date")
        return meaning.plain
    # the same letter in another case is another act: a is accession, A acceptance
    kind = meaning.letters[letters] if letters in meaning.letters else BY_LETTER.get(letters)
    if kind is None:
        known = ", ".join(sorted({**BY_LETTER, **meaning.letters}))
        raise UsageError(f"the letter {letters!r} stands for no act that is known; known are {known}")
    return kind
