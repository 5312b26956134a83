"""Which triples some shape looks at."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, Triple

from unpact.shacl.engine import in_memory
from unpact.validate.soundness.coverage import Coverage, looked_at
from unpact.validate.soundness.coverage_text import as_dict, as_lines

from .turtle_texts import PEOPLE, SOUND, E, data, ex, shapes, triples

FACTS = """
ex:a a ex:C ; ex:p ex:b , ex:c ; ex:q 1 . ex:b ex:p ex:d ; ex:r 2 . ex:d ex:p ex:a ; ex:q 3 .
ex:c a ex:D . ex:D rdfs:subClassOf ex:C .
"""


def seen(shape: str, facts: str = FACTS) -> set[str]:
    """The triples that are looked at, in a few letters each."""
    every = triples(facts)
    found = looked_at(shapes(shape), data(facts), examples=100)
    missed = {triple for each in found.unseen for triple in each.examples}
    assert found.triples == len(every)
    assert found.looked_at == len(every) - len(missed)
    return {short(triple) for triple in set(every) - missed}


def short(triple: Triple) -> str:
    parts = [getattr(term, "value", "") for term in (triple.subject, triple.predicate, triple.object)]
    return " ".join(part.removeprefix(E).rpartition("#")[2] for part in parts)


def test_without_shapes_nothing_is_looked_at() -> None:
    assert seen("") == set()


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        # targets
        ("sh:targetNode ex:a", set()),
        ("sh:targetClass ex:C", {"a type C", "c type D", "D subClassOf C"}),
        ("sh:targetClass ex:D", {"c type D"}),
        ("sh:targetSubjectsOf ex:r", {"b r 2"}),
        ("sh:targetObjectsOf ex:r", {"b r 2"}),
        ("sh:targetNode ex:a ; sh:deactivated true ; sh:closed true", set()),
        # closed shapes
        ("sh:targetNode ex:a ; sh:closed true", {"a type C", "a p b", "a p c", "a q 1"}),
        ("sh:targetNode ex:a ; sh:closed false", set()),
        # partners
        ("sh:targetNode ex:a ; sh:equals ex:p", {"a p b", "a p c"}),
        ("sh:targetNode ex:b ; sh:disjoint ex:r", {"b r 2"}),
        # classes of the value nodes
        ("sh:targetNode ex:a , ex:c ; sh:class ex:C", {"a type C", "c type D", "D subClassOf C"}),
        # property shapes
        ("sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:minCount 1 ]", {"a p b", "a p c"}),
        ("sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:name 'p' ]", set()),
        ("sh:targetNode ex:a ; sh:path ex:q ; sh:minCount 1", {"a q 1"}),
        ("sh:targetNode ex:a ; sh:path ex:q ; sh:lessThan ex:p", {"a q 1", "a p b", "a p c"}),
        # nested shapes
        ("sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:class ex:C ]",
         {"a p b", "a p c", "c type D", "D subClassOf C"}),
        ("sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:node [ sh:closed true ] ]",
         {"a p b", "a p c", "b p d", "b r 2", "c type D"}),
        ("sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:property [ sh:path ex:r ; sh:minCount 1 ] ]",
         {"a p b", "a p c", "b r 2"}),
        ("sh:targetNode ex:a ; sh:not [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ]", {"a q 1"}),
        ("sh:targetNode ex:a ; sh:xone ( [ sh:equals ex:q ] [ sh:equals ex:p ] )",
         {"a q 1", "a p b", "a p c"}),
        (("sh:targetNode ex:a ; sh:path ex:p ; sh:qualifiedMinCount 1 ; "
         "sh:qualifiedValueShape [ sh:equals ex:r ]"),
         {"a p b", "a p c", "b r 2"}),
        # queries
        ("sh:targetNode ex:b ; sh:sparql [ sh:select 'SELECT $this { $this <http://example.org/p> ?x }' ]",
         {"a p b", "b p d"}),
        (("sh:targetNode ex:b ; sh:sparql ex:query . ex:query sh:deactivated true ; "
         "sh:select 'SELECT $this { $this <http://example.org/p> ?x }'"), set()),
        (("sh:targetNode ex:b ; sh:sparql [ sh:prefixes ex: ; sh:select 'SELECT $this { $this x:r 2 }' ] . "
         "ex: sh:declare [ sh:prefix 'x' ; sh:namespace 'http://example.org/' ]"), {"b r 2"}),
    ],
)  # fmt: skip
def test_what_a_constraint_looks_at(shape: str, expected: set[str]) -> None:
    assert seen(f"ex:S {shape} .") == expected


@pytest.mark.parametrize(
    ("start", "path", "expected"),
    [
        ("a", "( ex:p ex:p )", {"a p b", "a p c", "b p d"}),
        ("d", "[ sh:inversePath ( ex:p ex:p ) ]", {"b p d", "a p b"}),
        ("b", "[ sh:inversePath ex:p ]", {"a p b"}),
        ("b", "[ sh:alternativePath ( ex:r [ sh:inversePath ex:p ] ) ]", {"b r 2", "a p b"}),
        ("b", "[ sh:zeroOrOnePath ex:p ]", {"b p d"}),
        ("b", "[ sh:oneOrMorePath ex:p ]", {"b p d", "d p a", "a p b", "a p c"}),
        ("c", "( [ sh:zeroOrMorePath [ sh:inversePath ex:p ] ] ex:q )",
         {"a p c", "d p a", "b p d", "a p b", "a q 1", "d q 3"}),
        ("a", "( [ sh:zeroOrOnePath ex:p ] ex:r )", {"a p b", "a p c", "b r 2"}),
        ("a", "( [ sh:zeroOrOnePath ex:p ] ex:q )", {"a p b", "a p c", "a q 1"}),
        ("d", "( ex:r ex:p )", set()),
    ],
)  # fmt: skip
def test_each_step_of_a_path_is_looked_at(start: str, path: str, expected: set[str]) -> None:
    assert seen(f"ex:S sh:targetNode ex:{start} ; sh:path {path} ; sh:maxCount 9 .") == expected


def test_a_shape_that_refers_to_itself() -> None:
    shape = "ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:node ex:S ] ."
    assert seen(shape) == {"a p b", "a p c", "b p d", "d p a"}


def test_broken_shapes_look_at_nothing_and_leave_the_others_alone() -> None:
    broken = (
        "ex:T sh:targetNode ex:a ; sh:path 'p' ; sh:minCount 1 . ex:U sh:targetNode ex:a ; sh:or ex:none ."
    )
    assert seen(f"{broken} ex:S sh:targetNode ex:a ; sh:equals ex:q .") == {"a q 1"}


def test_literals_are_compared_as_they_are_written() -> None:
    facts = "ex:a ex:p '01'^^xsd:integer , 1 , '1'^^xsd:byte ; ex:q '01'^^xsd:integer ."
    assert len(seen("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:maxCount 3 .", facts)) == 2
    assert looked_at(shapes("ex:S sh:targetNode ex:a ; sh:equals ex:p ."), data(facts)).looked_at == 3


def test_unseen_triples_are_grouped_by_property_the_most_frequent_first() -> None:
    facts = "ex:ann ex:likes ex:bob , ex:house , ex:cy ; ex:age 7 ; ex:name 'Ann' . ex:bob ex:name 'Bob' ."
    found = looked_at(
        shapes("ex:S sh:targetNode ex:bob ; sh:path ex:name ; sh:maxCount 1 ."), data(facts), examples=2
    )
    assert [(each.predicate, each.triples, each.of, len(each.examples)) for each in found.unseen] == [
        (ex("likes"), 3, 3, 2),
        (ex("age"), 1, 1, 1),
        (ex("name"), 1, 2, 1),
    ]


def test_only_the_triples_asked_for_are_counted() -> None:
    facts = [Triple(ex("ann"), ex("name"), Literal("Ann")), Triple(ex("nobody"), ex("name"), Literal("?"))]
    found = looked_at(shapes(SOUND), data(), among=[*facts, *facts])
    assert (found.triples, found.looked_at, found.unseen) == (1, 1, ())


def test_coverage_in_lines() -> None:
    found = looked_at(shapes("unp:S sh:targetNode id:a ; sh:path unp:date ; sh:maxCount 1 ."),
                      data("id:a unp:date 1 ; unp:name 'x' . id:b unp:date 2 ."))  # fmt: skip
    assert as_lines(found) == [
        "Some shape looks at 1 of 3 triples (33.3 %).",
        "No shape looks at:",
        "  1 unp:date (of 2)",
        '      id:b unp:date "2"^^xsd:integer .',
        "  1 unp:name (all)",
        '      id:a unp:name "x" .',
    ]


def test_nothing_and_everything_in_lines() -> None:
    assert as_lines(Coverage(0, 0, ())) == ["There are no triples."]
    assert as_lines(Coverage(1000, 1000, ())) == ["Some shape looks at 1,000 of 1,000 triples (100 %)."]
    assert as_lines(Coverage(10000, 9999, ()))[0].endswith("(99.9 %).")


def test_coverage_for_json() -> None:
    found = as_dict(looked_at(shapes(""), data("ex:a ex:p 'x'@en .")))
    assert json.loads(json.dumps(found)) == {
        "triples": 1,
        "looked_at": 0,
        "unseen": [
            {
                "predicate": f"{E}p",
                "triples": 1,
                "of": 1,
                "examples": [{"subject": f"<{E}a>", "predicate": f"<{E}p>", "object": '"x"@en'}],
            }
        ],
    }


_names = st.sampled_from([ex(name) for name in ("ann", "bob", "house", "Person", "House", "one", "two")])
_unmentioned = st.sampled_from([ex(name) for name in ("likes", "knows", "near")])


@pytest.mark.slow
@given(st.lists(st.builds(Triple, _names, _unmentioned, _names), min_size=1, max_size=12, unique=True))
def test_a_property_that_no_shape_mentions_is_never_looked_at(added: list[Triple]) -> None:
    found = looked_at(shapes(SOUND), in_memory([*triples(PEOPLE), *added]), examples=20)
    unseen = {triple for each in found.unseen for triple in each.examples}
    assert set(added) <= unseen
    closed = f"{SOUND} ex:Closed sh:targetSubjectsOf ex:likes , ex:knows , ex:near ; sh:closed true ."
    assert set(added).isdisjoint(
        triple
        for each in looked_at(shapes(closed), in_memory(added), examples=20).unseen
        for triple in each.examples
    )
