"""Search finds things by any of their names, and the search box gets suggestions."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from unpact.describe.find import Finder, find
from unpact.serve.exchange import Asked

from .reading import asked, get, hostile_site, read

if TYPE_CHECKING:
    from unpact.describe.find import Match
    from unpact.serve.site import Site


@pytest.mark.parametrize(
    ("text", "path", "called"),
    [
        ("Пакистан", "/id/pakistan", "Пакистан (ru)"),
        ("巴基斯坦", "/id/pakistan", "巴基斯坦 (zh"),
        ("UNTOC", "/id/untoc", "UNTOC"),
        ("pakistn", "/id/pakistan", None),
    ],
)
def test_names_in_any_language_and_misspelt(site: Site, text: str, path: str, called: str | None) -> None:
    entries = get(site, f"/search?q={text}").one("ol").all("li")
    (entry,) = (each for each in entries if each.all("a")[0]["href"] == path)
    assert called is None or f"also called {called}" in entry.text


def test_each_thing_says_its_kind_and_the_best_comes_first(site: Site) -> None:
    first = get(site, "/search?q=Pakistan").one("ol").all("li")[0]
    assert first.one("a")["href"] == "/id/pakistan"
    assert first.one("span", class_="kind").text == "state"


def test_one_exact_name_is_offered_at_once(site: Site) -> None:
    assert get(site, "/search?q=pakistan").one("p", class_="lead").one("a")["href"] == "/id/pakistan"
    assert not get(site, "/search?q=pakist").all("p", class_="lead")
    assert not get(site, "/search?q=pakistan&page=2").all("p", class_="lead")


def test_stored_queries_that_match_are_there(site: Site) -> None:
    links = [each["href"] for each in get(site, "/search?q=reservations").all("a")]
    assert "/query/treaties/reservations" in links


def test_only_one_kind(site: Site) -> None:
    page = get(site, "/search?q=pakistan&kind=Ratification")
    kinds = {each.text for item in page.one("ol").all("li") for each in item.all("span", class_="kind")}
    assert kinds == {"ratification"}
    states = get(site, "/search?kind=State").one("ol").all("li")
    assert len(states) == len(site.resolver.things("https://w3id.org/unpact/ontology#State"))


def test_the_pages_together_have_every_match_once(site: Site) -> None:
    found: list[str] = []
    address: str | None = "/search?q=pakistan"
    while address:
        page = get(site, address)
        found += [each.all("a")[0]["href"] for each in page.one("ol").all("li")]
        following = page.all("a", rel="next")
        address = following[0]["href"] if following else None
    assert len(found) == len(set(found)) == len(site.finder.find("pakistan"))


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=pakistan&page=99",
        "/search?q=pakistan&page=-1",
        "/search?q=pakistan&page=1e9",
        "/search?kind=Nothing",
        "/search?kind=%3Cscript%3E",
        "/search?q=" + "x" * 201,
    ],
)
def test_what_cannot_be_meant_is_said(site: Site, address: str) -> None:
    reply = site.answer(asked(address))
    assert reply.status == 400
    assert read(reply).one("p", class_="failure").text


def test_without_words_there_is_a_form(site: Site) -> None:
    page = get(site, "/search")
    assert page.one("input", name="q")["value"] == ""
    assert not page.all("ol")


def test_nothing_found(site: Site) -> None:
    assert "Nothing has a name like that" in get(site, "/search?q=qqqqqqqqq").one("main").text


def _suggested(site: Site, text: str) -> list[dict[str, str]]:
    reply = site.answer(Asked("/suggest", (("q", text),)))
    assert reply.media_type == "application/json"
    suggestions: list[dict[str, str]] = json.loads(reply.body)["suggestions"]
    return suggestions


def test_suggestions_lead_to_pages(site: Site) -> None:
    first, *others = _suggested(site, "pak")
    assert (first["label"], first["kind"], first["path"]) == ("Pakistan", "state", "/id/pakistan")
    assert first["thing"] == "https://w3id.org/unpact/id/pakistan"
    assert len(others) < 10
    assert _suggested(site, "") == []
    assert _suggested(site, "qqqqqqqq") == []


def test_suggestions_are_quick_once_the_names_are_read(site: Site) -> None:
    typed = ("p", "pa", "pak", "un con", "treaty on", "ж", "zzzz zzz")
    _suggested(site, "a")
    began = time.process_time()
    for text in typed:
        _suggested(site, text)
    read_already = time.process_time()
    for text in typed:
        find(site.graph, text)
    # a search that has to read the names takes seventeen times as long
    assert read_already - began < (time.process_time() - read_already) / 3


@pytest.mark.slow
def test_a_finder_finds_what_a_single_search_does(site: Site) -> None:
    finder = Finder(site.graph)

    def plain(found: list[Match]) -> list[tuple[str, str]]:
        return [(match.thing.value, match.name) for match in found]

    for text in ("uncac", "convention against", "corrption"):
        assert plain(finder.find(text)) == plain(find(site.graph, text))
    among = frozenset({"https://w3id.org/unpact/id/uncac"})
    assert [match.thing.value for match in finder.find("convention", among=among)] == [*among]


@pytest.mark.slow
@how(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_any_text_gives_a_page_that_shows_it(site: Site, text: str) -> None:
    reply = site.answer(Asked("/search", (("q", text),), "text/html"))
    assert reply.status == 200
    assert site.answer(Asked("/suggest", (("q", text),))).status == 200
    for markup in ("<script>", "<img"):
        assert (markup + text).encode() not in reply.body


@pytest.mark.slow
def test_names_with_markup_are_shown_as_they_are() -> None:
    site = hostile_site()
    page = get(site, "/search?q=%3Cscript%3Ealert")
    assert page.one("ol").one("a").text == "<script>alert('meeting')</script>"
    assert page.one("input", name="q")["value"] == "<script>alert"
    assert get(site, "/search?q=onerror").one("ol").one("a").text == '"><img src=x onerror=alert(1)>'
