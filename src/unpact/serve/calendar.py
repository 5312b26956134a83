"""Dates in words, as precise as they are: a month stays a month."""

from __future__ import annotations

import re

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DATE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d{2}))?", re.ASCII)


def in_words(date: str) -> str:
    """``4 November 2022`` for a date, ``November 2022`` for a month; a year, and other text, as it is."""
    match = _DATE.match(date)
    if match is None:
        return date
    year, month, day = match.groups()
    return " ".join(part for part in (str(int(day)) if day else "", _MONTHS[int(month) - 1], year) if part)


def heading_of_month(month: str) -> str:
    """``November`` for ``2022-11``; what stands above the dates of a year without a month for nothing."""
    match = _DATE.match(month)
    return _MONTHS[int(match[2]) - 1] if match else "In the year, no month stated"
