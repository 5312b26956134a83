"""Holds the facts of `data/article/` against the words of the sentences that they cite.

The text of the article is not part of the project. The tests that need it look for a copy at the path in
UNPACT_ARTICLE, then beside the repository at ../shared/source/article.txt, and are skipped without one.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from pyoxigraph import Literal, NamedNode, Quad

from unpact.article.passages_file import passages_turtle
from unpact.article.segment import segment
from unpact.article.text import read_article
from unpact.corpus import Corpus
from unpact.corpus.syntax import read_quads
from unpact.names import OWL, RDF, RDFS, SKOS, SOURCE, UNP, XSD, compact

from .reading import dates, has_code, numbers, squeezed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
GIVEN = os.environ.get("UNPACT_ARTICLE")
ARTICLE = Path(GIVEN) if GIVEN else ROOT.parent / "shared" / "source" / "article.txt"
# a path that was given must work; without one there may be no copy
needs_article = pytest.mark.skipif(
    not GIVEN and not ARTICLE.is_file(),
    reason="the article's text is not part of the project: set UNPACT_ARTICLE to the path of a copy",
)

NUMBERS = {XSD + kind for kind in ("integer", "decimal", "double", "float")}
DATES = {XSD + kind for kind in ("gYear", "gYearMonth", "date")}
NAMES = {RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel", UNP + "honorific"}
CODES = {UNP + "acronym", UNP + "number", UNP + "symbol"}
OWN_WORDS = {UNP + "Statement", SKOS + "Concept"}
"""Classes whose instances have labels in our own words."""


@dataclass(frozen=True)
class Fact:
    """An asserted literal with the words of the sentences that it cites."""

    subject: NamedNode
    used: NamedNode
    value: Literal
    own_words: bool
    sentences: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        return compact(self.subject.value), compact(self.used.value), self.value.value

    def is_in(self, occurs: Callable[[str], bool]) -> bool:
        return any(map(occurs, self.sentences))


@cache
def texts() -> dict[NamedNode, str]:
    text = read_article(ARTICLE)
    return {
        NamedNode(SOURCE + each.name): " ".join(text[each.start : each.end].split())
        for each in segment(text).passages
    }


@cache
def facts() -> tuple[Fact, ...]:
    corpus = Corpus(ROOT)
    quads = [
        quad
        for file in corpus.data_files("article")
        if file.path.name not in ("passages.ttl", "no-facts.ttl")
        for quad in read_quads(file)
    ]
    own_words = _in_own_words(corpus, quads)
    return tuple(_literal_facts(quads, own_words))


def _literal_facts(quads: list[Quad], own_words: set[object]) -> Iterator[Fact]:
    parts: dict[object, dict[str, set[object]]] = {}
    for quad in quads:
        parts.setdefault(quad.subject, {}).setdefault(quad.predicate.value, set()).add(quad.object)
    annotated: dict[tuple[object, ...], set[object]] = {}
    for part in parts.values():
        if NamedNode(OWL + "Axiom") in part.get(RDF + "type", ()):
            triple = [part[OWL + f"annotated{which}"] for which in ("Source", "Property", "Target")]
            key = tuple(next(iter(terms)) for terms in triple)
            annotated.setdefault(key, set()).update(part.get(UNP + "statedIn", ()))
    for quad in dict.fromkeys(quads):
        if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, Literal):
            continue
        cited = annotated.get((quad.subject, quad.predicate, quad.object)) or parts[quad.subject].get(
            UNP + "statedIn", set()
        )
        words = tuple(text for passage, text in texts().items() if passage in cited)
        yield Fact(quad.subject, quad.predicate, quad.object, quad.subject in own_words, words)


def _in_own_words(corpus: Corpus, quads: list[Quad]) -> set[object]:
    above: dict[object, set[object]] = {}
    for file in corpus.ontology_files():
        for quad in read_quads(file):
            if quad.predicate.value == RDFS + "subClassOf":
                above.setdefault(quad.subject, set()).add(quad.object)
    classes: set[object] = {NamedNode(name) for name in OWN_WORDS}
    while more := {each for each, wider in above.items() if wider & classes} - classes:
        classes |= more
    return {quad.subject for quad in quads if quad.predicate.value == RDF + "type" and quad.object in classes}


@cache
def exceptions() -> dict[tuple[str, str, str], str]:
    listed = yaml.safe_load((Path(__file__).with_name("exceptions.yaml")).read_text(encoding="utf-8")) or []
    return {(each["subject"], each["property"], str(each["value"])): each["reason"] for each in listed}


def number_is_in(fact: Fact) -> bool:
    return fact.is_in(lambda sentence: Decimal(fact.value.value) in numbers(sentence))


def date_is_in(fact: Fact) -> bool:
    return fact.is_in(lambda sentence: fact.value.value in dates(sentence))


def name_is_in(fact: Fact) -> bool:
    name = squeezed(fact.value.value)
    return fact.is_in(lambda sentence: name in squeezed(sentence))


def code_is_in(fact: Fact) -> bool:
    return fact.is_in(lambda sentence: has_code(sentence, fact.value.value))


def figures_are_in(fact: Fact) -> bool:
    """Whether the numbers in a label of our own words are in its sentences; a document symbol only names."""
    figures = re.findall(r"\d+", re.sub(r"\d+/\d+", "", fact.value.value))
    together = " ".join(fact.sentences)
    known = {str(number) for number in numbers(together)} | set(re.findall(r"\d+", together))
    return set(figures) <= known


def check_of(fact: Fact) -> Callable[[Fact], bool] | None:
    """How the value of a fact is held against its sentences; None when it is not in the article's words."""
    kind, used = fact.value.datatype.value, fact.used.value
    if kind in NUMBERS:
        return number_is_in
    if kind in DATES:
        return date_is_in
    if used in CODES:
        return code_is_in
    if used in NAMES:
        return figures_are_in if fact.own_words else name_is_in
    return None


def unfaithful() -> dict[tuple[str, str, str], Fact]:
    checked = ((fact, check_of(fact)) for fact in facts())
    return {fact.key: fact for fact, check in checked if check is not None and not check(fact)}


@needs_article
def test_passages_file_is_what_the_article_gives() -> None:
    text = read_article(ARTICLE)
    written = (ROOT / "data" / "article" / "passages.ttl").read_bytes()
    assert written == passages_turtle(text, segment(text)).encode("utf-8")


@pytest.mark.slow
@needs_article
@pytest.mark.parametrize("check", [number_is_in, date_is_in, name_is_in, code_is_in, figures_are_in])
def test_facts_occur_in_a_sentence_that_they_cite(check: Callable[[Fact], bool]) -> None:
    checked = [fact for fact in facts() if check_of(fact) is check]
    assert checked, "there is nothing to check"
    missing = [
        fact for key, fact in unfaithful().items() if check_of(fact) is check and key not in exceptions()
    ]
    assert not missing, "".join(f"\n{fact.key}\n    {' | '.join(fact.sentences)}" for fact in missing)


@pytest.mark.slow
@needs_article
def test_every_exception_has_a_reason_and_is_needed() -> None:
    assert [key for key, reason in exceptions().items() if not reason.strip()] == []
    assert sorted(set(exceptions()) - set(unfaithful())) == []


@pytest.mark.slow
@needs_article
def test_the_text_itself_is_not_in_the_project() -> None:
    long = [" ".join(text.split()) for text in texts().values() if len(text.split()) > 12]
    for file in (
        file for folder in ("ontology", "data", "queries", "src") for file in (ROOT / folder).rglob("*")
    ):
        if file.is_file() and file.suffix in (".ttl", ".rq", ".py"):
            content = " ".join(file.read_text(encoding="utf-8").split())
            assert [text for text in long if text in content] == [], file
