"""Names: how a thing may be called, and what is said when that is not clear."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, Store

from unpact.errors import AmbiguousNameError, UnknownNameError, UnpactError, UsageError
from unpact.graph.memory import MemoryGraph
from unpact.names import ID, SOURCE, TOPIC, UNP
from unpact.query.parameters import TOPIC_CLASS
from unpact.query.resolve import Resolver, normalise


def _resolver() -> Resolver:
    store = Store()
    store.load(path=str(Path(__file__).with_name("query_world.trig")), format=RdfFormat.TRIG)
    return Resolver(MemoryGraph(store))


RESOLVER = _resolver()


@pytest.mark.parametrize(
    ("value", "cls", "thing"),
    [
        ("Pakistan", "State", ID + "pakistan"),
        ("  PAKISTAN ", "State", ID + "pakistan"),
        ("pk", "State", ID + "pakistan"),
        ("PAK", "State", ID + "pakistan"),
        ("islamic republic of pakistan", "State", ID + "pakistan"),
        ("باكستان", "State", ID + "pakistan"),
        ("ПАКИСТАН", "State", ID + "pakistan"),
        ("巴基斯坦", "State", ID + "pakistan"),
        ("id:pakistan", "State", ID + "pakistan"),
        (ID + "pakistan", "State", ID + "pakistan"),
        (f"<{ID}pakistan>", "State", ID + "pakistan"),
        ("cote d'ivoire", "State", ID + "cote-d-ivoire"),
        ("COTE D IVOIRE", "State", ID + "cote-d-ivoire"),
        ("cote-d-ivoire", "State", ID + "cote-d-ivoire"),
        ("dr congo", "State", ID + "dr-congo"),
        ("unodc", "Office", ID + "unodc"),
        ("UNODC", "Body", ID + "unodc"),
        ("Unodc", "Agent", ID + "unodc"),
        ("unodc", None, ID + "unodc"),
        ("act-1", "Act", ID + "act-1"),
        ("act-1", None, ID + "act-1"),
        ("2.2.1", None, SOURCE + "2.2.1"),
        ("State", None, UNP + "State"),
    ],
)
def test_a_thing_by_any_of_its_names(value: str, cls: str | None, thing: str) -> None:
    assert RESOLVER.resolve(value, cls and UNP + cls) == NamedNode(thing)


@pytest.mark.parametrize("value", ["drugs", "Drogues", "topic:drugs"])
def test_topics(value: str) -> None:
    assert RESOLVER.resolve(value, TOPIC_CLASS) == NamedNode(TOPIC + "drugs")


def test_ambiguity_lists_the_candidates() -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        RESOLVER.resolve("congo", UNP + "State")
    assert caught.value.candidates == ("id:congo", "id:dr-congo")
    assert "Democratic Republic of the Congo (id:dr-congo)" in str(caught.value)
    for candidate in caught.value.candidates:
        assert RESOLVER.resolve(candidate, UNP + "State")


def test_an_unknown_name_suggests_the_nearest() -> None:
    with pytest.raises(UnknownNameError) as caught:
        RESOLVER.resolve("Pakstan", UNP + "State")
    assert caught.value.suggestions[0] == "Pakistan"
    assert "To search, type: unpact find Pakstan" in str(caught.value)


def test_a_part_of_a_name_is_a_suggestion() -> None:
    with pytest.raises(UnknownNameError) as caught:
        RESOLVER.resolve("Ivory", UNP + "State")
    assert "Ivory Coast" in caught.value.suggestions


@pytest.mark.parametrize("value", ["unodc", "id:unodc", ID + "unodc"])
def test_only_instances_of_the_class_count(value: str) -> None:
    with pytest.raises(UnknownNameError):
        RESOLVER.resolve(value, UNP + "State")


def test_an_instance_of_another_class_is_called_that() -> None:
    with pytest.raises(UnknownNameError, match="id:unodc is not a State"):
        RESOLVER.resolve("id:unodc", UNP + "State")


def test_a_class_that_does_not_exist() -> None:
    with pytest.raises(UsageError, match="unp:Stat is not in the ontology"):
        RESOLVER.resolve("Pakistan", UNP + "Stat")
    with pytest.raises(UnknownNameError, match="no Empty is called"):
        RESOLVER.resolve("Pakistan", UNP + "Empty")


def test_completion_offers_local_names_with_labels() -> None:
    assert ("pakistan", "Pakistan") in RESOLVER.complete("Пак", UNP + "State")
    assert [name for name, _ in RESOLVER.complete("pk", UNP + "State")] == ["pakistan"]
    assert len(RESOLVER.complete("", UNP + "State")) == 5


@pytest.mark.slow
@given(st.text(alphabet=st.characters()))
def test_any_text_is_answered_or_refused_with_one_sentence(value: str) -> None:
    problem = _problem(value)
    assert problem is None or "\n" not in str(problem).replace(value, "")


def _problem(value: str) -> UnpactError | None:
    try:
        RESOLVER.resolve(value, UNP + "State")
    except UnpactError as error:
        return error
    return None


@pytest.mark.slow
@given(st.text())
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Åland", "aland"),
        ("STRASSE", "straße"),
        ("e\u0301", "é"),
        ("\uff35\uff2e", "un"),
        ("it's", "it\u2019s"),
        ("باکستان", "باکِستان"),
    ],
)
def test_case_accents_and_signs_do_not_matter(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(("one", "other"), [("が", "か"), ("कि", "की"), ("1.2", "12"), ("a b", "ab")])
def test_what_makes_another_word_does_matter(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)
