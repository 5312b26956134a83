"""The table of states and treaties has the rows of the stored query, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from unpact.query.run import run
from unpact.serve.addresses import path_of
from unpact.serve.views.matrix import SIGNS

from .reading import get, hostile_site, refused

if TYPE_CHECKING:
    from unpact.serve.site import Site

    from .reading import Element

Cells = dict[tuple[str, str], list[tuple[str, str | None, str]]]


def _cells(page: Element) -> Cells:
    """By the pages of state and treaty: the letter, the page of the act, and the marks."""
    table = page.one("table")
    treaties = [each.one("a")["href"] for each in table.one("thead").all("th")[1:]]
    found: Cells = {}
    for line in table.one("tbody").all("tr"):
        state = line.one("th").one("a")["href"]
        for treaty, cell in zip(treaties, line.all("td"), strict=True):
            for standing in cell.all("div", class_="standing"):
                acts = standing.all("a", class_="act")
                marks = " ".join(each.text for each in standing.all("span", class_="when"))
                letter = standing.one("span", aria_hidden="true").text
                found.setdefault((state, treaty), []).append(
                    (letter, acts[0]["href"] if acts else None, marks)
                )
    return found


def _rows(site: Site, **parameters: Any) -> Cells:  # noqa: ANN401 - as `run` takes them
    result = run(site.graph, site.catalogue.find("regional-comparison"), parameters)
    found: Cells = {}
    for state, treaty, status, when, basis, *_ in result.rows:
        mark = "" if when.value == "current" or basis is None else when.value
        standing = (SIGNS[status].letter, None if basis is None else path_of(basis.value), mark)
        found.setdefault((path_of(state.value), path_of(treaty.value)), []).append(standing)
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("address", "parameters"),
    [
        (
            "/matrix?group=regional-programme&treaty=UNCAC&treaty=TIP&as-of=2013-12",
            {"group": "regional-programme", "treaty": ["UNCAC", "TIP"], "as_of": "2013-12"},
        ),
        (
            "/matrix?treaty=som-protocol&treaty=tip-protocol&as-of=2010",
            {"treaty": ["som-protocol", "TIP"], "as_of": "2010"},
        ),
    ],
)
def test_each_cell_has_the_rows_of_the_stored_query(
    site: Site, address: str, parameters: dict[str, Any]
) -> None:
    rows, cells = _rows(site, **parameters), _cells(get(site, address))
    assert cells
    if "group" not in parameters:
        # states without any act or statement are left out unless they are asked for
        states = {state for (state, _), found in rows.items() if any(act for _, act, _ in found)}
        rows = {place: found for place, found in rows.items() if place[0] in states}
    assert cells == rows


@pytest.mark.slow
def test_by_default_it_has_what_has_any_act(site: Site) -> None:
    rows, cells = _rows(site, as_of="2023-08-18"), _cells(get(site, "/matrix?as-of=2023-08-18"))
    known = {place for place, found in rows.items() if any(act for _, act, _ in found)}
    assert {state for state, _ in cells} == {state for state, _ in known}
    assert {treaty for _, treaty in cells} == {treaty for _, treaty in known}
    assert all(cells[place] == rows[place] for place in cells)


def test_a_cell_leads_to_the_act_and_to_the_stored_query(site: Site) -> None:
    page = get(site, "/matrix?treaty=UNCAC&as-of=2023-08-18")
    (line,) = (each for each in page.one("tbody").all("tr") if each.one("th").text == "Pakistan")
    letter, act = line.one("td").all("a")
    assert letter["href"] == "/query/treaties/party-status?state=pakistan&treaty=uncac&as-of=2023-08-18"
    assert letter.text == "Pparty"
    assert "in force" in letter["title"]
    assert act["href"] == "/id/pakistan-ratification-uncac"
    assert act.text == "ratification, 2007-08-31"


@pytest.mark.slow
def test_the_legend_has_every_letter_and_says_what_unknown_means(site: Site) -> None:
    page = get(site, "/matrix")
    legend = page.one("dl", class_="legend")
    assert [each.text for each in legend.all("dt")] == [sign.letter for sign in SIGNS.values()]
    assert len({sign.letter for sign in SIGNS.values()}) == len(SIGNS)
    assert "Unknown does not mean" in page.one("main").text


def test_every_status_of_the_ontology_has_a_letter(site: Site) -> None:
    rows = site.graph.select("SELECT ?status WHERE { ?status a unp:StandingStatus }")
    assert {status for (status,) in rows} == SIGNS.keys()


def test_corrected_names_of_treaties_are_noted(site: Site) -> None:
    notes = [each.text for each in get(site, "/matrix?treaty=single-convention-1961").all("p", class_="note")]
    assert len(notes) == 1
    assert "1961 Convention on Narcotic Drugs" in notes[0]


@pytest.mark.parametrize(
    ("address", "name", "sentence"),
    [
        ("/matrix?as-of=2013-13", "as-of", "'2013-13' is not a year, a month or a day."),
        ("/matrix?group=nobody", "group", "No Entity is called 'nobody'."),
        ("/matrix?treaty=UNCAC&treaty=<b>", "treaty", "No Treaty is called '<b>'."),
    ],
)
def test_a_wrong_filter_is_said_beside_its_control(
    site: Site, address: str, name: str, sentence: str
) -> None:
    page = refused(site, address, name, sentence)
    assert not page.all("table")


def test_the_form_keeps_what_was_chosen(site: Site) -> None:
    page = get(
        site, "/matrix?group=id:regional-programme&treaty=Trafficking in Persons (TIP) Protocol&as_of=2013"
    )
    assert page.one("option", selected="")["value"] == "regional-programme"
    assert page.one("input", checked="")["value"] == "tip-protocol"
    assert page.one("input", name="as-of")["value"] == "2013"


@pytest.mark.slow
def test_names_with_markup_are_shown_as_they_are() -> None:
    page = get(hostile_site(), "/matrix")
    assert page.one("thead").all("th")[1].text == "<T>"
    assert page.one("thead").one("a")["title"] == "Treaty & <i>more</i>"
    (line,) = (each for each in page.one("tbody").all("tr") if "onerror" in each.one("th").text)
    assert line.one("th").text == '"><img src=x onerror=alert(1)>'
    assert line.one("a", class_="act")["title"] == "{{ 7 * 7 }} </td></table>"
