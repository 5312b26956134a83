"""The timeline has the rows of the stored query, in order, with what they rest on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode

from unpact.query.run import run
from unpact.serve.addresses import path_of
from unpact.serve.calendar import heading_of_month, in_words
from unpact.serve.strip import HEIGHT, strip_of

from .reading import asked, get, hostile_site, refused

if TYPE_CHECKING:
    from unpact.serve.site import Site

    from .reading import Element


def _pages(site: Site, address: str) -> list[Element]:
    found = [get(site, address)]
    while following := found[-1].all("a", rel="next"):
        found.append(get(site, following[0]["href"]))
    return found


def _entries(page: Element) -> list[tuple[str, str]]:
    """The page and the date of each."""
    return [
        (each.all("a")[0]["href"], each.one("time")["datetime"])
        for entries in page.all("ul", class_="entries")
        for each in entries.all("li")
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("address", "parameters"),
    [
        ("/timeline", {}),
        ("/timeline?from=2021&until=2021-06", {"from": "2021-01-01", "until": "2021-06-30"}),
        ("/timeline?from=2023-08-19", {"from": "2023-08-19"}),
    ],
)
def test_the_pages_together_have_the_rows_of_the_stored_query(
    site: Site, address: str, parameters: dict[str, str]
) -> None:
    result = run(site.graph, site.catalogue.find("timeline"), parameters)
    rows = Counter(
        (path_of(thing.value), date.value)
        for _, thing, _, date in result.rows
        if isinstance(thing, NamedNode) and isinstance(date, Literal)
    )
    entries = [entry for page in _pages(site, address) for entry in _entries(page)]
    assert Counter(entries) == rows
    assert [date for _, date in entries] == sorted(date for _, date in entries)


def test_a_month_stays_a_month_below_its_heading(site: Site) -> None:
    page = get(site, "/timeline?from=2014-08&until=2014-08&state=Afghanistan")
    assert [each.text for each in page.all("h2")] == ["2014"]
    assert [each.text for each in page.all("h3")] == ["August"]
    assert page.one("time").text == "August 2014"


def test_a_year_without_months_comes_before_its_months(site: Site) -> None:
    page = get(site, "/timeline?from=2019&until=2019")
    first, *months = [each.text for each in page.all("h3")]
    assert first == "In the year, no month stated"
    assert months
    assert len(set(months)) == len(months)


@pytest.mark.parametrize(
    ("date", "words", "heading"),
    [
        ("2022-11-04", "4 November 2022", "November"),
        ("2022-11", "November 2022", "November"),
        ("2022", "2022", "In the year, no month stated"),
        ("2022-13", "2022-13", "In the year, no month stated"),
        ("<b>", "<b>", "In the year, no month stated"),
    ],
)
def test_dates_in_words(date: str, words: str, heading: str) -> None:
    assert (in_words(date), heading_of_month(date)) == (words, heading)


@pytest.mark.slow
def test_every_entry_says_what_it_rests_on(site: Site) -> None:
    for each in get(site, "/timeline?from=2020").all("div", class_="sentences"):
        assert each.all("a")


def test_an_entry_of_the_article_leads_to_its_sentence(site: Site) -> None:
    (entry,) = (
        each
        for each in get(site, "/timeline?from=2023&until=2023").all("li")
        if any(link["href"] == "/id/national-drug-survey-findings" for link in each.all("a"))
    )
    assert entry.one("time").text == "2023"
    assert entry.one("span", class_="when").text == "planned date"
    evidence = [each["href"] for each in entry.one("div", class_="sentences").all("a")]
    assert evidence == [f"/source/lasting-partnership/{number}" for number in ("0.1.1", "4.4.5")]


@pytest.mark.slow
def test_only_a_kind_a_state_and_a_body(site: Site) -> None:
    ratifications = get(site, "/timeline?kind=Ratification&state=Mexico")
    found = _entries(ratifications)
    assert found
    assert all("mexico-ratification" in path for path, _ in found)
    both = set(_entries(get(site, "/timeline?state=Pakistan&body=CND")))
    pakistan = {entry for page in _pages(site, "/timeline?state=PK") for entry in _entries(page)}
    assert both
    assert both < pakistan


def test_discrepancies_are_noted_at_the_entry(site: Site) -> None:
    entries = [
        each
        for each in get(site, "/timeline?from=2020&until=2021&kind=Meeting").all("li")
        if any(link["href"] == "/id/crime-congress-14" for link in each.all("a"))
    ]
    notes = [note.text for each in entries for note in each.all("p", class_="note")]
    assert notes
    assert all(note.startswith("When the fourteenth Crime Congress took place:") for note in notes)


@pytest.mark.parametrize(
    ("address", "name", "sentence"),
    [
        ("/timeline?from=2021-02-30", "from", "'2021-02-30' is not a year, a month or a day."),
        ("/timeline?until=soon", "until", "'soon' is not a year, a month or a day."),
        ("/timeline?from=2022&until=2021", "until", "This lies before the beginning."),
        ("/timeline?state=Atlantis", "state", "No State is called 'Atlantis'."),
        ("/timeline?body=<b>", "body", "No Organization is called '<b>'."),
        ("/timeline?kind=Nothing", "kind", "Nothing that the other fields leave is of this kind."),
    ],
)
def test_a_wrong_filter_is_said_beside_its_control(
    site: Site, address: str, name: str, sentence: str
) -> None:
    page = refused(site, address, name, sentence)
    (control,) = (each for each in page.elements if each.get("id") == name)
    assert control["aria-invalid"] == "true"
    assert f"{name}-error" in control["aria-describedby"]
    assert not page.all("time")


def test_filters_that_leave_nothing(site: Site) -> None:
    page = get(site, "/timeline?from=1900&until=1901")
    assert "There is nothing to show" in page.one("main").text
    assert site.answer(asked("/timeline?page=99")).status == 400


@pytest.mark.slow
def test_the_strip_has_a_bar_for_each_year_with_entries(site: Site) -> None:
    page = get(site, "/timeline?from=2000&until=2010")
    strip = page.one("svg", class_="strip")
    years = {each.one("title").text for each in strip.all("rect")}
    numbers = {each.text.replace(" ", ": ") for each in page.one("ul", class_="by-year").all("li")}
    assert years == numbers
    assert strip["role"] == "img"
    assert "2000 to 2010" in strip.one("title", id="strip-title").text


def test_the_strip_of_numbers() -> None:
    strip = strip_of({"2000": 4, "2002": 1})
    assert strip is not None
    assert [(bar.year, bar.number, bar.height) for bar in strip.bars] == [
        (2000, 4, HEIGHT),
        (2001, 0, 0),
        (2002, 1, HEIGHT / 4),
    ]
    assert strip.most.year == 2000
    assert strip_of({}) is None
    assert strip_of({"1000": 1, "2000": 1}) is None


def test_names_with_markup_are_shown_as_they_are() -> None:
    site = hostile_site()
    page = get(site, "/timeline?from=2021-02-03&until=2021-02-03")
    assert "<script>alert('meeting')</script>" in [each.text for each in page.all("a")]
    assert "<b>Source</b>" in [each.text for each in page.all("a")]
    # a year of long ago is shown, and too far away for a picture
    assert get(site, "/timeline?until=1950").all("h2")[0].text == "0712"
    assert not get(site, "/timeline").all("svg")
