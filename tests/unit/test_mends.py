"""What a finding says to type: its words for each constraint, and that typing it helps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from unpact.names import ID, PREFIXES, UNP, XSD
from unpact.shacl.engine import in_memory, validate_graph
from unpact.shacl.paths import read_path
from unpact.shacl.shapes import ShapesGraph
from unpact.validate.mends import mend_of, words

if TYPE_CHECKING:
    from unpact.shacl.engine import EngineName
    from unpact.shacl.triples import Term

HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
A, P = NamedNode(ID + "a"), NamedNode(UNP + "p")


def triples_of(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(HEAD + text, format=RdfFormat.TURTLE)]


def mends(data: list[Triple], constraint: str, engine: EngineName = "set") -> list[str | None]:
    """What is said of `id:a` under one constraint on its `unp:p`."""
    text = f"<urn:s> a sh:PropertyShape ; sh:targetNode id:a ; sh:path unp:p ; {constraint} ."
    graph = ShapesGraph(triples_of(text))
    return [
        mend_of(result, graph, None if result.path is None else read_path(graph.triples, result.path).words)
        for result in validate_graph(in_memory(data), graph, engine=engine).results
    ]


@pytest.mark.parametrize(
    ("values", "constraint", "mend"),
    [
        ("", "sh:minCount 1", "Give id:a a value for unp:p."),
        ("1", "sh:minCount 2", "Give id:a at least 2 values for unp:p."),
        ("", "sh:minCount 1 ; sh:class unp:State", "Give id:a a value for unp:p, a unp:State."),
        (
            "",
            "sh:minCount 1 ; sh:datatype xsd:gYear",
            'Give id:a a value for unp:p, such as "2016"^^xsd:gYear.',
        ),
        ("", "sh:minCount 1 ; sh:datatype unp:odd", "Give id:a a value for unp:p."),
        ("1 , 2", "sh:maxCount 1", "Keep one value of unp:p, and remove the others."),
        ("1 , 2 , 3", "sh:maxCount 2", "Keep 2 values of unp:p, and remove the others."),
        ("1", "sh:maxCount 0", "Remove unp:p from id:a."),
        ("id:b", "sh:class unp:State", "Name a unp:State, or say what it is: id:b a unp:State ."),
        ('"b"', "sh:class unp:State", "Name a thing that is a unp:State, without quotation marks."),
        ('"2016"', "sh:datatype xsd:gYear", 'Write "2016"^^xsd:gYear.'),
        ('"7"', "sh:datatype xsd:integer", "Write 7."),
        ('"so"', "sh:datatype xsd:boolean", "Write a value of the datatype xsd:boolean, such as true."),
        ('"so"@en', "sh:datatype xsd:string", 'Write "so".'),
        ("id:b", "sh:datatype unp:odd", "Write a value of the datatype unp:odd."),
        ('"b"', "sh:nodeKind sh:IRI", "Name a thing: id:…, without quotation marks."),
        ("id:b", "sh:nodeKind sh:Literal", 'Write a value in quotation marks: "…".'),
        ("id:b", "sh:nodeKind sh:BlankNode", "Write a node in brackets: [ … ]."),
        ("[]", "sh:nodeKind sh:IRIOrLiteral", "Give the node a name, or write a value."),
        ('"b"', "sh:nodeKind sh:BlankNodeOrIRI", "Name a thing: id:…, without quotation marks."),
        (
            "id:b",
            "sh:nodeKind sh:BlankNodeOrLiteral",
            "Write a value in quotation marks, or a node in brackets.",
        ),
        ("unp:Suports", "sh:in ( unp:Opposes unp:Supports )", "Write one of unp:Supports, unp:Opposes."),
        ('"x"', 'sh:in ( "only" )', 'Write "only".'),
        ('"x"', "sh:in ()", "No value is allowed here."),
        ("0", "sh:in ( 1 2 3 4 5 6 7 )", "Write one of 1, 2, 3, 4, 5, 6, …."),
        ('"so"', 'sh:languageIn ( "en" "fr" )', 'Write one of "so"@en, "so"@fr.'),
        ("id:b", "sh:hasValue id:c", "Add unp:p id:c to id:a."),
        ('"a"@en , "b"@en', "sh:uniqueLang true", "Keep one value of unp:p for each language."),
        ("1", "sh:minInclusive 2", "Write a value that is at least 2."),
        ("1", "sh:minExclusive 1", "Write a value that is more than 1."),
        ("2", "sh:maxInclusive 1", "Write a value that is at most 1."),
        ("1", "sh:maxExclusive 1", "Write a value that is less than 1."),
        ("1 ; unp:q 1", "sh:lessThan unp:q", "Write a value that is less than the value of unp:q."),
        ("2 ; unp:q 1", "sh:lessThanOrEquals unp:q", "Write a value that is at most the value of unp:q."),
        ('"b"', 'sh:pattern "^a"', None),
        ('"b"', "sh:minLength 2", None),
        ('"b"', "sh:not [ sh:datatype xsd:string ]", None),
        ('"b"', "sh:or ( [ sh:class unp:State ] )", None),
        ('"b"', "sh:equals unp:q", None),
    ],
)
@pytest.mark.parametrize("engine", ["set", "pyshacl"])
def test_what_each_constraint_says(
    values: str, constraint: str, mend: str | None, engine: EngineName
) -> None:
    data = triples_of(f"id:a unp:p {values} ." if values else "id:b unp:p 1 .")
    found = mends(data, constraint, engine)
    assert mend in found
    # nothing else says what to do
    assert {each for each in found if each is not None} <= {mend}


@pytest.mark.parametrize(
    ("values", "constraint", "said"),
    [
        ("id:b", "sh:class unp:A , unp:B", ["a unp:A", "a unp:B"]),
        ("id:b . id:b a unp:A", "sh:class unp:A , unp:B", ["a unp:B"]),
        ("id:b . id:b a unp:C . unp:C rdfs:subClassOf unp:B", "sh:class unp:A , unp:B", ["a unp:A"]),
        ("1", "sh:hasValue 2 , 3", ["2", "3"]),
        ("1 , 2", "sh:hasValue 2 , 3", ["3"]),
        ('"a"@en , "b"@en , "a"@de , "b"@de', "sh:uniqueLang true", ["each language", "each language"]),
    ],
)
def test_each_of_several_values_of_a_parameter_has_its_mend(
    values: str, constraint: str, said: list[str]
) -> None:
    data = triples_of(f"id:a unp:p {values} .")
    found = {engine: sorted(map(str, mends(data, constraint, engine))) for engine in ("set", "pyshacl")}
    assert found["set"] == found["pyshacl"]
    assert all(word in mend for word, mend in zip(said, found["set"], strict=True))


def test_where_nobody_can_tell_what_was_missed_nothing_is_said() -> None:
    # one pair of values is out of order, and the report of pyshacl does not say which
    data = triples_of("id:a unp:p 1 ; unp:q 1 ; unp:r 2 .")
    assert mends(data, "sh:lessThan unp:q , unp:r", "pyshacl") == [None]
    assert mends(data, "sh:lessThan unp:q , unp:r") == ["Write a value that is less than the value of unp:q."]


def test_a_closed_shape_names_the_property_that_is_too_much() -> None:
    graph = ShapesGraph(triples_of("unp:s a sh:NodeShape ; sh:targetNode id:a ; sh:closed true ."))
    (result,) = validate_graph(in_memory(triples_of("id:a unp:p 1 .")), graph).results
    assert mend_of(result, graph, "unp:p") == "Remove unp:p from id:a, or state it in a node of its own."


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (NamedNode(ID + "a"), "id:a"),
        (NamedNode("http://example.org/a"), "<http://example.org/a>"),
        (Literal("a"), '"a"'),
        (Literal("a", language="en"), '"a"@en'),
        (Literal(7), "7"),
        (Literal(True), "true"),  # noqa: FBT003 - a literal of RDF
        (Literal("1.5", datatype=NamedNode(XSD + "decimal")), "1.5"),
        (Literal("7", datatype=NamedNode(XSD + "decimal")), '"7"^^xsd:decimal'),
        (Literal("1", datatype=NamedNode(XSD + "boolean")), '"1"^^xsd:boolean'),
        (Literal('two\n"lines"'), r'"two\n\"lines\""'),
        (Literal("a", datatype=NamedNode(UNP + "odd")), '"a"^^unp:odd'),
        (Literal("2016", datatype=NamedNode(XSD + "gYear")), '"2016"^^xsd:gYear'),
    ],
)
def test_terms_are_written_as_in_turtle(term: Term, text: str) -> None:
    assert words(term) == text


strings = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
numbers = st.integers(-9, 9).map(Literal)
literals = st.one_of(
    strings.map(Literal),
    st.builds(Literal, strings, language=st.sampled_from(["en", "de", "fr"])),
    numbers,
    st.just(Literal("0.5", datatype=NamedNode(XSD + "decimal"))),
    st.booleans().map(Literal),
    st.sampled_from(["2016", "2017"]).map(lambda text: Literal(text, datatype=NamedNode(XSD + "gYear"))),
)
# pyshacl is asked where the store does not keep the form of a literal
folded = st.sampled_from(["1.0", "2.", "+3"]).map(
    lambda text: Literal(text, datatype=NamedNode(XSD + "decimal"))
)
values = literals | st.sampled_from("bcd").map(lambda name: NamedNode(ID + name))


@pytest.mark.slow
@given(term=values | folded)
def test_the_words_for_a_term_are_the_term_in_turtle(term: Term) -> None:
    (triple,) = triples_of(f"id:a unp:p {words(term)} .")
    assert triple.object == term


def replacement(mend: str | None) -> list[Term]:
    """The term that a mend says to write, where it says it in full."""
    said = re.fullmatch(r"Write (?:one of )?(.*)\.", mend or "", re.DOTALL)
    if said is None or re.match("a (value|node)", said[1]):
        return []
    text = re.sub(", …$", "", said[1])
    return [triple.object for triple in triples_of(f"id:a unp:p {text} .")]


def helps(value: Term, constraint: str) -> bool:
    """Whether every value that is offered is taken; false where none is offered."""
    found = [each for mend in mends([Triple(A, P, value)], constraint) for each in replacement(mend)]
    assert all(mends([Triple(A, P, each)], constraint) == [] for each in found)
    return bool(found)


@pytest.mark.slow
@given(value=values | folded, allowed=st.lists(values, min_size=1, max_size=9, unique=True))
def test_what_in_offers_is_taken(value: Term, allowed: list[Term]) -> None:
    constraint = f"sh:in ( {' '.join(map(words, allowed))} )"
    assert helps(value, constraint) is (value not in allowed)


@pytest.mark.slow
@given(value=values | folded, datatype=st.sampled_from(["string", "integer", "gYear", "boolean", "decimal"]))
def test_what_datatype_offers_is_taken(value: Term, datatype: str) -> None:
    helps(value, f"sh:datatype xsd:{datatype}")


@pytest.mark.slow
@given(value=values, tags=st.lists(st.sampled_from(["en", "fr", "de-CH"]), min_size=1, unique=True))
def test_what_language_in_offers_is_taken(value: Term, tags: list[str]) -> None:
    helps(value, f"sh:languageIn ( {' '.join(map(words, map(Literal, tags)))} )")


@pytest.mark.slow
@given(given_values=st.lists(values, max_size=3, unique=True), least=st.integers(1, 3))
def test_so_many_values_as_min_count_says_are_enough(given_values: list[Term], least: int) -> None:
    data = [Triple(A, P, each) for each in given_values] or triples_of("id:b unp:p 1 .")
    (mend,) = mends(data, f"sh:minCount {least}") or (None,)
    assert (mend is None) is (len(given_values) >= least)
    if mend is not None:
        number = re.search(r"at least (\d+) values", mend)
        wanted = int(number[1]) if number else 1
        more = [Triple(A, P, Literal(f"another {each}")) for each in range(wanted - len(given_values))]
        assert mends([*data, *more], f"sh:minCount {least}") == []


@pytest.mark.slow
@given(given_values=st.lists(values, max_size=4, unique=True), most=st.integers(0, 3))
def test_so_many_values_as_max_count_says_are_few_enough(given_values: list[Term], most: int) -> None:
    data = [Triple(A, P, each) for each in given_values]
    rest = triples_of("id:b unp:p 1 .")
    (mend,) = mends([*data, *rest], f"sh:maxCount {most}") or (None,)
    assert (mend is None) is (len(given_values) <= most)
    if mend is not None:
        number = re.search(r"Keep (one|\d+) value", mend)
        kept = 0 if number is None else 1 if number[1] == "one" else int(number[1])
        assert mends([*data[:kept], *rest], f"sh:maxCount {most}") == []
