"""The article sentence by sentence, with what rests on each; its text only where there is a copy."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode

from unpact.describe.cite import cite, said_by
from unpact.errors import UsageError
from unpact.evidence.discrepancies import discrepancies
from unpact.names import SOURCE
from unpact.serve.settings import Settings, Source
from unpact.serve.site import Site

from .reading import get

if TYPE_CHECKING:
    from .reading import Element

GIVEN = os.environ.get("UNPACT_ARTICLE")
needs_article = pytest.mark.skipif(
    GIVEN is None or not Path(GIVEN).is_file(),
    reason="the article's text is not part of the project: set UNPACT_ARTICLE to the path of a copy",
)


@pytest.fixture(scope="module")
def page(site: Site) -> Element:
    return get(site, "/article")


def _sentence(page: Element, number: str) -> Element:
    return page.one("div", id=f"s{number}")


def test_every_sentence_is_there_in_order_and_leads_to_its_page(site: Site, page: Element) -> None:
    rows = site.graph.select(
        "SELECT ?passage { ?passage a unp:Passage ; unp:charStart ?start } ORDER BY ?start"
    )
    numbers = [passage.value.removeprefix(SOURCE) for (passage,) in rows]
    assert [each["id"] for each in page.all("div", class_="sentence")] == [f"s{number}" for number in numbers]
    links = [each["href"] for each in page.all("a", class_="number")]
    assert links == [f"/source/lasting-partnership/{number}" for number in numbers]


def test_contents_lead_to_every_section(page: Element) -> None:
    contents = page.one("ol", class_="contents").all("a")
    assert [each["href"] for each in contents] == [f"#{each['id']}" for each in page.all("h2")[1:]]
    assert len(contents) == 14


@pytest.mark.parametrize("number", ["2.4.1", "4.4.5", "9.3.2"])
def test_each_sentence_has_what_the_command_line_cites(site: Site, page: Element, number: str) -> None:
    (citation,) = cite(site.graph, NamedNode(SOURCE + number), site.labels)
    shown = [each.text for each in _sentence(page, number).one("details").all("li")]
    # the command line has the kind in brackets
    assert [each.replace(" (", " ").replace(")", "") for each in citation.statements] == [
        each.replace(" (", " ").replace(")", "") for each in shown
    ]


@pytest.mark.slow
def test_many_sentences_at_once_say_what_each_says_alone(site: Site) -> None:
    passages = [row[0] for row in site.graph.select("SELECT ?s { ?s a unp:Passage } ORDER BY ?s")]
    sentences = [each for each in passages if isinstance(each, NamedNode)]
    together = said_by(site.graph, sentences, site.labels)
    for sentence in sentences[::12]:
        alone = [each.statements for each in cite(site.graph, sentence, site.labels)]
        assert [tuple(str(said) for said in together.get(sentence, ()))] == (alone or [()])


def test_things_lead_to_their_pages(page: Element) -> None:
    links = {each["href"] for each in _sentence(page, "4.4.5").one("details").all("a")}
    assert "/id/national-drug-survey" in links


def test_discrepancies_are_noted_at_their_sentences(site: Site, page: Element) -> None:
    noted = {
        each["id"].removeprefix("s")
        for each in page.all("div", class_="sentence")
        if each.all("p", class_="note")
    }
    about = {
        sentence.value.removeprefix(SOURCE)
        for each in discrepancies(site.graph)
        for sentence in each.sentences
        if sentence.value.startswith(SOURCE)
    }
    assert noted == about


def test_without_a_copy_it_says_how_to_show_the_text(page: Element) -> None:
    assert "unpact serve --article FILE" in page.all("p", class_="note")[0].text
    assert "characters" in _sentence(page, "4.4.5").one("p", class_="text").text


@pytest.mark.slow
def test_facts_without_an_article(tmp_path: Path) -> None:
    empty = tmp_path / "empty.ttl"
    empty.write_text("", encoding="utf-8")
    site = Site(Settings(Source(data=(str(empty),), only_data=True, cache=False)))
    assert "No article is among the facts" in get(site, "/article").one("main").text


def test_a_file_that_is_not_the_article(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Something else.", encoding="utf-8")
    with pytest.raises(UsageError, match="not the canonical text"):
        _ = Site(Settings(Source(article=str(other)))).passages


@needs_article
def test_with_a_copy_the_text_is_there() -> None:
    assert GIVEN is not None
    site = Site(Settings(Source(article=GIVEN)))
    page = get(site, "/article")
    for number in ("2.4.1", "4.4.5", "13.1.1"):
        text = _sentence(page, number).one("p", class_="text").text
        assert text == f"s:{number} {site.passages[SOURCE + number]}"
    headings = [each.text for each in page.all("h2")]
    assert "World Drug Problem" in headings
    assert not any("#" in each or "**" in each for each in headings)
    assert "unpact serve --article" not in page.one("main").text
