"""Charts of small answers, as places in a picture: bars for things, a line for days.

A chart is drawn where a table has two columns, one of numbers and one of what they belong to, and few enough
rows to be read. Everything in it stands in the table as well.
"""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from unpact.names import XSD
from unpact.query.result import to_python

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from unpact.render.rows import Cell, Tabular

#: Rows that can still be read.
MOST = 60
_FEWEST = 2
_WIDTH, _MARGIN = 720, 12
_ROW, _BAR = 26, 16
_LABELS, _VALUES = 250, 96
_LONGEST_LABEL = 38
_HEIGHT, _AXIS, _FOOT = 280, 64, 32
_TICKS = 5
_NUMBERS = (*("integer", "decimal", "double", "float", "int", "long", "short"), "nonNegativeInteger")
_DATES = {XSD + "date": 3, XSD + "gYearMonth": 2, XSD + "gYear": 1}


class Bar(NamedTuple):
    """One bar, which lies; `middle` is where its line of text is, `end` where its value is written."""

    label: str
    value: str
    x: float
    y: float
    width: float
    middle: float
    end: float


class Tick(NamedTuple):
    """A value on an axis, and its place there."""

    text: str
    place: float


class Point(NamedTuple):
    """A day and its value."""

    label: str
    value: str
    x: float
    y: float


class Chart(NamedTuple):
    """A picture; it has bars, or points with the axes that they need.

    Args:
        title: what is shown of what.
        width: in the units of all places.
        height: likewise.
        bars: from top to bottom.
        zero: the place from which bars start.
        points: from left to right.
        days: ticks of the axis at the foot.
        numbers: ticks of the axis at the side.
    """

    title: str
    width: int
    height: int
    bars: tuple[Bar, ...] = ()
    zero: float = 0
    points: tuple[Point, ...] = ()
    days: tuple[Tick, ...] = ()
    numbers: tuple[Tick, ...] = ()

    @property
    def line(self) -> str:
        """The points as the attribute of a polyline has them."""
        return " ".join(f"{point.x:g},{point.y:g}" for point in self.points)


def chart_of(answer: Tabular, label: Callable[[NamedNode], str]) -> Chart | None:
    """The chart of an answer; None where it has no such columns, or too many rows or too few.

    Args:
        answer: complete.
        label: gives the words for a thing.
    """
    if len(answer.variables) != 2 or not _FEWEST <= len(answer.rows) <= MOST:  # noqa: PLR2004 - a pair
        return None
    columns = list(zip(*answer.rows, strict=True))
    values = [[number_of(cell) for cell in column] for column in columns]
    complete = [place for place in (0, 1) if None not in values[place]]
    if len(complete) != 1:
        return None
    at = complete[0]
    numbers = [value for value in values[at] if value is not None]
    texts = [cell.value for cell in columns[at] if isinstance(cell, Literal)]
    title = f"{answer.variables[at]} by {answer.variables[1 - at]}"
    days = [_day(cell) for cell in columns[1 - at]]
    known = [day for day in days if day is not None]
    if len(set(known)) == len(days):
        names = [getattr(cell, "value", "") for cell in columns[1 - at]]
        return _line(title, sorted(zip(known, numbers, names, texts, strict=True)))
    words = [_words(cell, label) for cell in columns[1 - at]]
    return None if None in words else _bars(title, [word or "" for word in words], numbers, texts)


def number_of(cell: Cell) -> float | None:
    """The number that a cell is; None for what is none, or has no end."""
    if not isinstance(cell, Literal) or cell.datatype.value.removeprefix(XSD) not in _NUMBERS:
        return None
    value = to_python(cell)
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _day(cell: Cell) -> int | None:
    """The first day of a date, a month or a year, as a number."""
    parts = _DATES.get(cell.datatype.value) if isinstance(cell, Literal) else None
    if parts is None or not isinstance(cell, Literal):
        return None
    try:
        return date.fromisoformat(cell.value[:10] + ("", "-01-01", "-01", "")[parts]).toordinal()
    except ValueError:
        return None


def _words(cell: Cell, label: Callable[[NamedNode], str]) -> str | None:
    if isinstance(cell, NamedNode):
        return label(cell)
    return cell.value if isinstance(cell, Literal) else None


def _bars(title: str, labels: Sequence[str], numbers: Sequence[float], texts: Sequence[str]) -> Chart:
    low, high = min(0.0, *numbers), max(0.0, *numbers)
    scale = (_WIDTH - _LABELS - _VALUES) / ((high - low) or 1)
    zero = _LABELS - low * scale
    bars = []
    for row, (label, number, text) in enumerate(zip(labels, numbers, texts, strict=True)):
        top, length = _MARGIN + row * _ROW, abs(number) * scale
        start = zero - length if number < 0 else zero
        short = label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"
        end = max(start + length, zero)
        bars.append(Bar(short, text, _round(start), top, _round(length), top + _BAR / 2, _round(end + 6)))
    return Chart(title, _WIDTH, 2 * _MARGIN + len(bars) * _ROW, tuple(bars), _round(zero))


def _line(title: str, days: Sequence[tuple[int, float, str, str]]) -> Chart:
    numbers = [number for _, number, _, _ in days]
    steps = _steps(min(0.0, *numbers), max(0.0, *numbers))
    low, high = steps[0], steps[-1]
    first, last = days[0][0], days[-1][0]

    def across(day: int) -> float:
        return _round(_AXIS + (_WIDTH - _AXIS - 2 * _FOOT) * (day - first) / (last - first))

    def up(number: float) -> float:
        return _round(_HEIGHT - _FOOT - (_HEIGHT - _FOOT - _MARGIN) * (number - low) / (high - low))

    return Chart(
        title,
        _WIDTH,
        _HEIGHT,
        points=tuple(Point(name, text, across(day), up(number)) for day, number, name, text in days),
        days=tuple(Tick(name, across(day)) for day, _, name, _ in _ends_and_middle(days)),
        numbers=tuple(Tick(f"{step:,.10g}", up(step)) for step in steps),
    )


def _ends_and_middle(
    days: Sequence[tuple[int, float, str, str]],
) -> list[tuple[int, float, str, str]]:
    """The days that are written at the axis: as far apart as their texts need it."""
    middle = min(days, key=lambda each: abs(2 * each[0] - days[0][0] - days[-1][0]))
    quarter = (days[-1][0] - days[0][0]) / 4
    lies_apart = quarter <= middle[0] - days[0][0] <= 3 * quarter
    return [days[0], *([middle] if lies_apart else []), days[-1]]


def _steps(low: float, high: float) -> list[float]:
    """Round numbers from `low` or below to `high` or above, in equal distances."""
    rough = ((high - low) or 1) / _TICKS
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * unit for factor in (1, 2, 5, 10) if factor * unit >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [number * step for number in range(first, max(last, first + 1) + 1)]


def _round(place: float) -> float:
    return round(place, 1)
