"""The overview of all questions, and what can be asked about the things that a text names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from conftest import Browser, Page
    from unpact.serve.site import Site


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def about(page: Page) -> dict[str, str]:
    """The questions about the things of a text, with their addresses."""
    found = page.all("section[@aria-labelledby='about-things']/ul//a")
    return {words(each): each.get("href", "") for each in found}


def test_the_overview_has_every_question_with_what_it_asks(browser: Browser, site: Site) -> None:
    page = browser.page("/query")
    shown = words(page.one("main"))
    links = {each.get("href") for each in page.all("ul[@class='questions']/li/a")}
    assert links == {f"/query/{query.topic}/{query.name}" for query in site.catalogue}
    for query in site.catalogue:
        assert " ".join(query.title.split()) in shown
        assert " ".join(query.description.split()) in shown
    places = {each.get("id") for each in page.all("h2")}
    assert {each.get("href", "")[1:] for each in page.all("nav[@aria-label='Topics']//a")} == places - {None}


def test_words_narrow_it(browser: Browser, site: Site) -> None:
    page = browser.page("/query?q=reservations")
    links = {each.get("href") for each in page.all("ul[@class='questions']/li/a")}
    found = site.catalogue.search("reservations")
    assert 0 < len(found) < 20
    assert links == {f"/query/{query.topic}/{query.name}" for query in found}


@pytest.mark.slow
def test_a_thing_is_filled_in(browser: Browser) -> None:
    found = about(browser.page("/query?q=UNCAC"))
    assert found["States party to a treaty: treaty UNCAC"] == "/query/treaties/parties-of?treaty=UNCAC"
    for place in list(found.values())[:6]:
        assert browser.get(f"{place}&cite=false").status == 200


def test_two_things_are_filled_in(browser: Browser) -> None:
    page = browser.page("/query?q=pakistan%20and%20the%20UN%20Convention%20against%20Corruption")
    assert [words(each) for each in page.all("h2[@id='about-things']/a")] == [
        "Pakistan",
        "UN Convention against Corruption",
    ]
    places = about(page).values()
    assert "/query/treaties/party-status?state=pakistan&treaty=UN+Convention+against+Corruption" in places
    # no question that takes but one of them
    assert all("pakistan" in place and "Corruption" in place for place in places)


@pytest.mark.parametrize("text", ["zzz", "<zzz>", "zz%00zz", "a" * 300, "qqq zzz " * 40])
def test_what_nothing_is_about_is_said(browser: Browser, text: str) -> None:
    page = browser.page(f"/query?q={text}")
    assert page.status == 200
    assert words(page.one("*[@role='status']")).startswith("No question has these words.")


def test_a_blank_text_asks_for_all(browser: Browser) -> None:
    assert browser.get("/query?q=%20").body == browser.get("/query").body


def test_programs_get_what_the_headers_say(browser: Browser, site: Site) -> None:
    reply = browser.get("/query", "application/json")
    assert reply.media_type == "application/json"
    queries = {each["path"]: each for each in json.loads(reply.body)}
    assert len(queries) == len(site.catalogue)
    party = queries["/query/treaties/party-status"]
    assert party["parameters"][0]["name"] == "state"
    assert party["columns"]["instrument"] == "the treaty"
    (one,) = json.loads(browser.get("/query?q=regional-comparison", "application/json").body)
    assert one["name"] == "regional-comparison"
