"""Years, months and days as values of stored queries."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store

from unpact.errors import UsageError
from unpact.graph.memory import MemoryGraph
from unpact.query.faults import StoredQueryError
from unpact.query.header import parse_stored_query
from unpact.query.period import period_of, read_period, today
from unpact.query.run import bound_text, run

TEXT = """\
#+ title: Acts
#+ description: Which acts were done by then?
#+ keywords: [acts]
#+ parameters:
#+   as_of: {type: period, default: today, help: "the day"}
#+ columns: {act: the act}
#+ examples: [{as_of: "2008"}]
SELECT ?act WHERE {
  ?act a unp:Act ; unp:date ?date .
  FILTER(?date >= $as_of_first && ?date <= $as_of_last)
}
ORDER BY ?act
"""
PATH = Path("queries/acts/done.rq")


@pytest.fixture(scope="module")
def graph() -> MemoryGraph:
    store = Store()
    store.load(path=str(Path(__file__).with_name("query_world.trig")), format=RdfFormat.TRIG)
    return MemoryGraph(store)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2022-12", "2022-12-01", "2022-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
        ("2022-11-04", "2022-11-04", "2022-11-04"),
    ],
)
def test_the_ends_of_a_period(text: str, first: str, last: str) -> None:
    period = read_period(text)
    assert period == (text, date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "22",
        "2022-13",
        "2022-00",
        "2023-02-29",
        "2022-1",
        "20221104",
        "2022-11-04T00",
        "٢٠٢٢",
        "0000",
        "now",
    ],
)
def test_what_is_no_period(text: str) -> None:
    assert read_period(text) is None
    with pytest.raises(UsageError, match="not a year, a month or a day"):
        period_of(text)


@given(st.dates())
def test_a_day_lies_in_its_month_and_its_year(day: date) -> None:
    text = day.isoformat()
    for length in (4, 7, 10):
        period = read_period(text[:length])
        assert period is not None
        assert period.first <= day <= period.last
        # the day before and the day after belong to other periods
        for outside in (period.first.toordinal() - 1, period.last.toordinal() + 1):
            if date.min.toordinal() <= outside <= date.max.toordinal():
                assert date.fromordinal(outside).isoformat()[:length] != text[:length]


def test_today_is_the_day_that_is_said() -> None:
    assert read_period("today", date(2020, 2, 29)) == ("2020-02-29", date(2020, 2, 29), date(2020, 2, 29))
    period = read_period("today")
    assert period is not None
    assert abs(period.first - today()) <= timedelta(days=1)


def test_both_ends_are_bound_and_the_answer_knows_the_period(graph: MemoryGraph) -> None:
    query = parse_stored_query(TEXT, PATH)
    text = bound_text(graph, query, {"as_of": "2007-08"})
    xsd = "^^<http://www.w3.org/2001/XMLSchema#date>"
    assert f'?date >= "2007-08-01"{xsd} && ?date <= "2007-08-31"{xsd}' in text
    result = run(graph, query, {"as-of": "2007-08"})
    assert (len(result), result.as_of) == (1, "2007-08")
    assert len(run(graph, query, {"as_of": "2007-09"})) == 0
    assert len(run(graph, query, {"as_of": date(2007, 8, 31)})) == 1
    assert len(run(graph, query, {"as_of": 2007})) == 1


def test_without_a_value_it_is_today(graph: MemoryGraph) -> None:
    query = parse_stored_query(TEXT, PATH)
    result = run(graph, query, {}, today=date(2007, 8, 31))
    assert (len(result), result.as_of) == (1, "2007-08-31")
    assert len(run(graph, query, {}, today=date(2007, 8, 30))) == 0
    assert run(graph, query, {}).as_of == today().isoformat()


def test_what_is_no_period_is_refused(graph: MemoryGraph) -> None:
    with pytest.raises(UsageError, match=r"parameter 'as_of': '2007-13' is not a year.*2022-11-04 or today"):
        run(graph, parse_stored_query(TEXT, PATH), {"as_of": "2007-13"})


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('{as_of: "2008"}', "{}", "an example without 'as_of' has other rows every day"),
        ('{as_of: "2008"}', '{as_of: "soon"}', "'soon' is not a year, a month or a day"),
        ("?date >= $as_of_first && ", "", r"never uses \$as_of_first"),
        (
            "$as_of_first",
            "$as_of",
            r"\$as_of is used but not declared \(declared: \$as_of_first, \$as_of_last\)",
        ),
        ("default: today, ", "", r"\$as_of_first may be missing"),
    ],
)
def test_headers_that_are_wrong_about_a_period(old: str, new: str, problem: str) -> None:
    assert old in TEXT
    with pytest.raises(StoredQueryError, match=problem):
        parse_stored_query(TEXT.replace(old, new), PATH)


def test_an_optional_period_stands_in_a_block(graph: MemoryGraph) -> None:
    text = TEXT.replace("default: today, ", "").replace(
        "  FILTER(", "  # if $as_of_first\n  # if $as_of_last\n  FILTER("
    )
    query = parse_stored_query(text.replace("\n}\nORDER", "\n  # end\n  # end\n}\nORDER"), PATH)
    assert len(run(graph, query, {})) > len(run(graph, query, {"as_of": "2007"})) == 1
