"""A year, a month or a day, and its first and its last day: the values of ``--as-of``."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from unpact.errors import UsageError

TODAY = "today"
HINT = "Write it like 2022, 2022-11, 2022-11-04 or today."
_DECEMBER = 12
_PERIOD = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class Period(NamedTuple):
    """The days from `first` to `last`, both included, and the text that they were written as."""

    text: str
    first: date
    last: date


def today() -> date:
    """The day that it is here."""
    return datetime.now(tz=UTC).astimezone().date()


def read_period(text: str, now: date | None = None) -> Period | None:
    """The period that `text` names: ``2022``, ``2022-11``, ``2022-11-04`` or ``today``, which is `now` where
    that is given; None for any other text, and for a month or a day that no calendar has.
    """
    if text == TODAY:
        day = now or today()
        return Period(day.isoformat(), day, day)
    if (match := _PERIOD.fullmatch(text)) is None:
        return None
    year, month, day_of_month = (int(part) if part else None for part in match.groups())
    try:
        if year is None or month is None:
            return Period(text, date(int(text), 1, 1), date(int(text), 12, 31))
        if day_of_month is None:
            return Period(text, date(year, month, 1), _last_day(year, month))
        day = date(year, month, day_of_month)
    except ValueError:
        return None
    return Period(text, day, day)


def period_of(text: str | date, now: date | None = None) -> Period:
    """The same, where nothing else will do. Raises UsageError."""
    period = read_period(str(text), now)
    if period is None:
        raise UsageError(f"{text!r} is not a year, a month or a day", hint=HINT)
    return period


def _last_day(year: int, month: int) -> date:
    return date(year, 12, 31) if month == _DECEMBER else date(year, month + 1, 1) - timedelta(days=1)
