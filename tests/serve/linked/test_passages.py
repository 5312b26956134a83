from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from unpact.serve.settings import Settings, Source
from unpact.serve.site import Site

if TYPE_CHECKING:
    from .pages import Open


def test_a_sentence_says_where_it_stands(opened: Open) -> None:
    page = opened("/source/lasting-partnership/6.3.1")
    assert "Sentence 1 of paragraph 3 in section s:6" in page.text
    (before,) = [each for each in page.named("a") if each.attributes.get("rel") == "prev"]
    (after,) = [each for each in page.named("a") if each.attributes.get("rel") == "next"]
    assert before.attributes["href"].startswith("/source/lasting-partnership/6.2.")
    assert after.attributes["href"] == "/source/lasting-partnership/6.3.2"
    assert "/article#s6.3.1" in page.links


@pytest.mark.slow
def test_the_first_and_the_last_sentence_have_one_neighbour(opened: Open) -> None:
    first = opened("/source/lasting-partnership/0.1.1")
    assert [each for each in first.named("a") if each.attributes.get("rel") == "prev"] == []
    sentences = [link for link in opened("/source/lasting-partnership").links if link.count(".") == 2]
    last = opened(sentences[-1])
    assert [each for each in last.named("a") if each.attributes.get("rel") == "next"] == []


def test_a_sentence_says_what_rests_on_it(opened: Open) -> None:
    page = opened("/source/lasting-partnership/6.3.1")
    assert "Accession of Pakistan to the Trafficking in Persons Protocol" in page.text
    assert "actor: Pakistan" in page.text
    assert "/ontology/treaty" in page.links
    named = page.text[page.text.index("Things named in it") :]
    assert "protocol Trafficking in Persons (TIP) Protocol" in named
    # a statement is no thing that a sentence names
    assert "Accession of Pakistan" not in named


def test_a_section_and_the_article_list_their_sentences(opened: Open) -> None:
    section = opened("/source/lasting-partnership/6")
    assert "/source/lasting-partnership/6.3.1" in section.links
    assert "/source/lasting-partnership/7.1.1" not in section.links
    article = opened("/source/lasting-partnership")
    assert {"/source/lasting-partnership/6.3.1", "/source/lasting-partnership/7.1.1"} <= set(article.links)
    assert "A Lasting Partnership" in article.text


def test_without_the_article_there_is_no_text(opened: Open) -> None:
    page = opened("/source/lasting-partnership/6.3.1")
    assert "blockquote" not in {each.tag for each in page.elements}
    assert "unpact serve --article FILE" in page.text


@pytest.mark.skipif(not os.environ.get("UNPACT_ARTICLE"), reason="needs a copy of the article")
def test_with_the_article_there_is_the_text(opened: Open) -> None:
    site = Site(Settings(Source(article=os.environ["UNPACT_ARTICLE"])))
    page = opened("/source/lasting-partnership/6.3.1", site=site)
    assert "blockquote" in {each.tag for each in page.elements}
    text = site.passages["https://w3id.org/unpact/source/lasting-partnership/6.3.1"]
    assert text in page.text
    # a thing shows the sentences that it rests on
    assert text in opened("/id/tip-protocol", site=site).text
