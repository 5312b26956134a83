"""Dates as tables write them: every form that is one thing only, and none that could be two."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unpact.errors import UsageError
from unpact.importing.dates import PartialDate, parse_date

DAYS = st.dates(min_value=date(1800, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12 Dec 2000", "2000-12-12"),
        ("9 March 2004", "2004-03-09"),
        ("1st March 2004", "2004-03-01"),
        ("9-Mar-2004", "2004-03-09"),
        ("March 9, 2004", "2004-03-09"),
        ("2004-03-09", "2004-03-09"),
        ("25/12/2000", "2000-12-25"),
        ("12/25/2000", "2000-12-25"),
        ("25.12.2000", "2000-12-25"),
        ("12/12/2000", "2000-12-12"),
        ("12 décembre 2000", "2000-12-12"),
        ("12 de diciembre de 2000", "2000-12-12"),
        ("29 Feb 2000", "2000-02-29"),
        ("Jan 2022", "2022-01"),
        ("Sept. 2022", "2022-09"),
        ("2022-01", "2022-01"),
        ("2022", "2022"),
    ],
)
def test_a_date_is_read_as_precisely_as_it_is_written(written: str, meant: str) -> None:
    assert str(parse_date(f" {written} ")) == meant


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("11/12/2000", "either number may be the month"),
        ("11.12.2000", "either number may be the month"),
        ("31 Feb 2000", "there is no day"),
        ("29 Feb 2001", "there is no day"),
        ("2000-13", "there is no day"),
        ("31/13/2000", "there is no day"),
        ("0 Dec 2000", "there is no day"),
        ("12 Dec 1199", "cannot be meant"),
        ("12 Dec 00", "is no date"),
        ("12 Dec 20001", "is no date"),
        ("2020-2023", "is no date"),
        ("12 Foo 2000", "is no month"),
        ("12 Ju 2000", "is no date"),
        ("12 Jui 2000", "is no month"),
        ("soon", "is no date"),
        ("", "is no date"),
        ("12 Dec 2000 or so", "behind the date stands 'or so'"),
    ],
)
def test_what_is_no_date_or_more_than_one_is_refused(written: str, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        parse_date(written)


@given(DAYS, st.sampled_from(["{0.day} {0:%b} {0.year}", "{0:%B} {0.day}, {0.year}", "{0:%Y-%m-%d}"]))
def test_a_written_day_is_read_back(day: date, form: str) -> None:
    assert parse_date(form.format(day)) == PartialDate(day.year, day.month, day.day)


@given(DAYS)
def test_numbers_are_read_only_where_one_order_is_possible(day: date) -> None:
    written = f"{day.day}/{day.month}/{day.year}"
    if day.day <= 12 and day.day != day.month:
        with pytest.raises(UsageError):
            parse_date(written)
    else:
        assert str(parse_date(written)) == day.isoformat()


@pytest.mark.parametrize(
    ("one", "other", "after"),
    [
        ("2001", "2000", True),
        ("2000-02", "2000-01-31", True),
        ("2000-01-02", "2000-01-01", True),
        ("2000-01-31", "2000", False),
        ("2000", "2000-12-31", False),
        ("2000-01", "2000-02-01", False),
        ("1999-12-31", "2000-01-01", False),
        ("2000-01-01", "2000-01-01", False),
    ],
)
def test_a_date_is_after_another_only_when_each_of_its_days_is(one: str, other: str, *, after: bool) -> None:
    assert parse_date(one).surely_after(parse_date(other)) is after
