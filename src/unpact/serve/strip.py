"""A strip of bars, one a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

STEP = 10
HEIGHT = 80
# a strip of more years has bars too thin to see
_MOST_YEARS = 200
_LABELLED = 10


class Bar(NamedTuple):
    """One year: its place from the left, the height of its bar, in the units of the picture."""

    year: int
    number: int
    x: int
    height: float

    @property
    def y(self) -> float:
        """The top of the bar."""
        return HEIGHT - self.height

    @property
    def is_labelled(self) -> bool:
        """Whether the year is written below."""
        return self.year % _LABELLED == 0


class Strip(NamedTuple):
    """The bars of all years from the first to the last, and the year with the most."""

    bars: tuple[Bar, ...]
    most: Bar

    @property
    def width(self) -> int:
        """Of the picture, in its own units."""
        return STEP * len(self.bars)


def strip_of(counts: Mapping[str, int]) -> Strip | None:
    """The strip for numbers of things by year; None where there are no years, or too many for a picture."""
    known = {int(year): count for year, count in counts.items() if year.isdecimal()}
    if not known or max(known) - min(known) >= _MOST_YEARS:
        return None
    highest = max(known.values())
    bars = tuple(
        Bar(year, known.get(year, 0), place * STEP, round(known.get(year, 0) / highest * HEIGHT, 1))
        for place, year in enumerate(range(min(known), max(known) + 1))
    )
    return Strip(bars, max(bars, key=lambda bar: bar.number))
