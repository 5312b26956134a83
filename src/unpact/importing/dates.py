"""Dates as tables write them, as precise as they are written."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from unpact.errors import UsageError
from unpact.query.resolve import normalise

EARLIEST_YEAR = 1600
"""Nothing that tables of the United Nations date is older; a year before it is a slip."""

_MONTHS = {
    "English": "january february march april may june july august september october november december",
    "French": "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "Spanish": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
_WORD, _YEAR, _DAY = r"([^\W\d_]{3,10})\.?", r"(\d{4})(?!\d)", r"(\d{1,2})(?:st|nd|rd|th|er)?"
_DAY_MONTH_YEAR = re.compile(rf"{_DAY}[\s.-]+(?:de\s+)?{_WORD}[\s,-]+(?:de\s+)?{_YEAR}")
_MONTH_DAY_YEAR = re.compile(rf"{_WORD}\s+{_DAY},?\s+{_YEAR}")
_MONTH_YEAR = re.compile(rf"{_WORD}[\s-]+{_YEAR}")
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?![\d-])")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_ONLY_YEAR = re.compile(rf"{_YEAR}(?!\s*[-./]\s*\d)")
_HINT = "Write it as 12 Dec 2000 or 2000-12-12."


class PartialDate(NamedTuple):
    """A year, a month or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """As XML Schema writes it."""
        if self.month is None:
            return f"{self.year:04}"
        month = f"{self.year:04}-{self.month:02}"
        return month if self.day is None else f"{month}-{self.day:02}"

    @property
    def datatype(self) -> str:
        """The local name of its datatype in XML Schema."""
        return "gYear" if self.month is None else "gYearMonth" if self.day is None else "date"

    def surely_after(self, other: PartialDate) -> bool:
        """Whether every day that this may be is later than every day that `other` may be."""
        return any(
            mine > theirs and self[:at] == other[:at]
            for at, (mine, theirs) in enumerate(zip(self, other, strict=True))
            if mine is not None and theirs is not None
        )


def parse_date(text: str) -> PartialDate:
    """A date that is the whole of `text`.

    Raises:
        UsageError: when it is none, impossible or ambiguous.
    """
    text = text.strip()
    found, end = read_date(text)
    if end != len(text):
        raise UsageError(f"behind the date stands {text[end:].strip()!r}", hint=_HINT)
    return found


@lru_cache(maxsize=4096)
def read_date(text: str) -> tuple[PartialDate, int]:
    """The date at the beginning of `text`, and where it ends.

    Raises:
        UsageError: when there is none, when it is impossible, or when day and month may be either.
    """
    if match := _ISO.match(text):
        year, month, day = match.groups()
        return _possible(match[0], year, int(month), day), match.end()
    if match := _DAY_MONTH_YEAR.match(text):
        return _possible(match[0], match[3], _month(match[2]), match[1]), match.end()
    if match := _MONTH_DAY_YEAR.match(text):
        return _possible(match[0], match[3], _month(match[1]), match[2]), match.end()
    if match := _NUMBERS.match(text):
        return _possible(match[0], match[4], *_day_last(match[0], int(match[1]), int(match[3]))), match.end()
    if match := _MONTH_YEAR.match(text):
        return _possible(match[0], match[2], _month(match[1]), None), match.end()
    if match := _ONLY_YEAR.match(text):
        return _possible(match[0], match[1], None, None), match.end()
    raise UsageError(f"{text!r} is no date", hint=_HINT)


def _possible(text: str, year: str, month: int | None, day: str | int | None) -> PartialDate:
    found = PartialDate(int(year), month, None if day is None else int(day))
    try:
        date(found.year, found.month or 1, 1 if found.day is None else found.day)
    except ValueError:
        raise UsageError(f"there is no day {text!r}", hint=_HINT) from None
    if found.year < EARLIEST_YEAR or month == 0:
        raise UsageError(f"{text!r} cannot be meant", hint=_HINT)
    return found


def _day_last(text: str, first: int, second: int) -> tuple[int, int]:
    """Month and day of two numbers, where only one order is possible."""
    if first != second and max(first, second) <= 12:  # noqa: PLR2004 - months
        raise UsageError(f"in {text!r} either number may be the month", hint=_HINT)
    return (second, first) if second <= 12 else (first, second)  # noqa: PLR2004 - months


def _month(word: str) -> int:
    wanted = normalise(word)
    meant = {
        number
        for names in _MONTHS.values()
        for number, name in enumerate(names.split(), start=1)
        if name.startswith(wanted) or (wanted == "sept" and number == 9)  # noqa: PLR2004 - September
    }
    if len(meant) != 1:
        raise UsageError(f"{word!r} is no month", hint=_HINT)
    return meant.pop()
