"""The home page leads to answers, and counts what the graph has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from unpact.query.run import run
from unpact.serve.settings import Settings, Source
from unpact.serve.site import Site
from unpact.serve.views.home import beginnings

from .reading import asked, get, read

if TYPE_CHECKING:
    from pathlib import Path

    from .reading import Element


@pytest.fixture(scope="module")
def page(site: Site) -> Element:
    return get(site, "/")


@pytest.mark.parametrize("question", beginnings()["question"], ids=lambda each: each["query"])
def test_each_question_to_begin_with_has_an_answer(site: Site, question: dict[str, object]) -> None:
    query = site.catalogue.find(str(question["query"]))
    parameters = question["parameters"]
    assert isinstance(parameters, dict)
    assert len(run(site.graph, query, parameters, resolver=site.resolver)) > 0
    assert str(question["words"]).endswith("?")


def test_the_questions_lead_to_their_queries_with_all_parameters(page: Element) -> None:
    links = {each.text: each["href"] for each in page.one("ul", class_="questions").all("a")}
    assert len(links) == len(beginnings()["question"])
    comparison = next(href for words, href in links.items() if "party to UNCAC" in words)
    assert comparison == (
        "/query/treaties/regional-comparison?group=regional-programme&treaty=UNCAC&as-of=2023-08-18"
    )


def test_counts_are_those_of_the_graph(site: Site, page: Element) -> None:
    (sentences,) = next(
        iter(site.graph.select("SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?x unp:statedIn ?s }"))
    )
    totals = [each.text for each in page.one("ul", class_="totals").all("strong")]
    assert totals[1] == sentences.value
    assert int(totals[0].replace(",", "")) > 5000


@pytest.mark.parametrize("kind", beginnings()["kind"], ids=lambda each: each["class"])
def test_each_kind_leads_to_as_many_things_as_it_counts(
    site: Site, page: Element, kind: dict[str, str]
) -> None:
    (entry,) = (
        each for each in page.one("ul", class_="kinds").all("li") if each.one("a").text == kind["words"]
    )
    count = entry.one("span", class_="count").text
    listed = get(site, entry.one("a")["href"]).one("main")
    assert any(each.text.startswith(f"{count} thing") for each in listed.all("p", class_="quiet"))


def test_all_stored_queries_are_there(site: Site, page: Element) -> None:
    links = {each["href"] for each in page.one("div", class_="topics").all("a")}
    assert links == {f"/query/{query.topic}/{query.name}" for query in site.catalogue}


@pytest.mark.slow
def test_the_navigation_marks_where_one_is(site: Site, page: Element) -> None:
    assert page.one("a", aria_current="page").text == "unpact"
    assert get(site, "/timeline").one("a", aria_current="page").text == "Timeline"


@pytest.mark.slow
def test_questions_about_things_that_are_not_served_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "own.ttl"
    file.write_text("<https://example.org/a> a <https://example.org/Kind> .\n", encoding="utf-8")
    page = get(Site(Settings(Source(data=(str(file),), only_data=True, cache=False))), "/")
    words = [each.text for each in page.one("ul", class_="questions").all("a")]
    assert "Who works with whom, and on what?" in words
    assert not any("Pakistan" in each for each in words)
    assert page.one("ul", class_="totals").all("strong")[0].text == "0"


def test_a_path_that_leads_nowhere(site: Site) -> None:

    reply = site.answer(asked("/nowhere/<script>"))
    assert reply.status == 404
    assert "/nowhere/<script>" in read(reply).one("p", class_="failure").text
