"""Shapes in English: every constraint component, and the names of classes, properties and paths."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Quad, RdfFormat, Store, parse

from unpact.corpus import CorpusFile
from unpact.names import GRAPH, PREFIXES
from unpact.validate.explain.constraints import Constraints
from unpact.validate.explain.naming import Naming, with_article
from unpact.validate.explain.phrases import Every, Not, One, Predicate, Says, Some, in_english
from unpact.validate.explain.sentences import queries, sentences
from unpact.validate.explain.sites import sites_of
from unpact.validate.shapes import Shapes

HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
ONTOLOGY = """
unp:Lamp rdfs:label "lamp"@en , "Lampe"@de . unp:OilLamp rdfs:label "oil lamp"@en .
unp:colour rdfs:label "colour"@en . unp:lit rdfs:label "first lit"@en .
"""
STATE, BODY = Says("is", "a state"), Says("is", "a body")


def naming() -> Naming:
    store = Store()
    quads = parse((HEAD + ONTOLOGY).encode(), format=RdfFormat.TURTLE)
    store.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    return Naming(store)


def shapes(text: str) -> Shapes:
    content = (HEAD + text).encode()
    return Shapes([CorpusFile(Path("lamps.ttl"), "lamps.ttl", GRAPH + "user/lamps", "user", content)])


def told(text: str, check: str = "lamps/Shape") -> list[str]:
    read = shapes(text)
    return sentences(read, Constraints(read.graph, naming()), sites_of(read, check))


def of_colour(constraints: str) -> list[str]:
    return told(f"id:Shape sh:targetClass unp:Lamp ; sh:property [ sh:path unp:colour ; {constraints} ] .")[
        1:
    ]


@pytest.mark.parametrize(
    ("constraints", "sentence"),
    [
        ("sh:minCount 1 ; sh:maxCount 1", "Each lamp (unp:Lamp) has exactly one unp:colour."),
        ("sh:minCount 1", "Each lamp (unp:Lamp) has at least one unp:colour."),
        ("sh:maxCount 2", "Each lamp (unp:Lamp) has at most two unp:colour."),
        ("sh:maxCount 0", "Each lamp (unp:Lamp) has no unp:colour."),
        ("sh:minCount 1 ; sh:maxCount 3", "Each lamp (unp:Lamp) has from one to three unp:colour."),
        ("sh:hasValue id:red", "Each lamp (unp:Lamp) has id:red for unp:colour."),
        ("sh:uniqueLang true", "Each lamp (unp:Lamp) has no two unp:colour in one language."),
        (
            'sh:qualifiedValueShape [ sh:languageIn ( "en" ) ] ; sh:qualifiedMinCount 1',
            "Each lamp (unp:Lamp) has at least one unp:colour that is text in the language en.",
        ),
    ],
)
def test_what_a_node_has(constraints: str, sentence: str) -> None:
    assert of_colour(constraints) == [sentence]


@pytest.mark.parametrize(
    ("constraints", "predicate"),
    [
        ("sh:class unp:OilLamp", "is an oil lamp (unp:OilLamp)"),
        ("sh:class unp:Unknown", "is a unp:Unknown"),
        ("sh:datatype xsd:integer", "is a whole number (xsd:integer)"),
        ("sh:datatype xsd:time", 'is a literal of the datatype xsd:time, such as "23:59:59"^^xsd:time'),
        ("sh:nodeKind sh:IRI", "is a thing with an IRI"),
        ('sh:in ( "red" "blue" id:x )', 'is "red", "blue" or id:x'),
        ("sh:in ()", "is nothing at all, for the list is empty"),
        ('sh:pattern "^a" ; sh:flags "i"', "matches the regular expression ^a with the flags i"),
        ("sh:minLength 1", "is at least one character long"),
        ("sh:maxLength 20", "is at most 20 characters long"),
        ('sh:languageIn ( "en" "fr" )', "is text in one of the languages en and fr"),
        ("sh:minInclusive 1 ; sh:maxExclusive 9", "is at least 1, and is less than 9"),
        ("sh:lessThan unp:lit", "is less than each value of unp:lit (first lit)"),
        ("sh:disjoint unp:lit", "is not a value of unp:lit (first lit) as well"),
        ("sh:not [ sh:class unp:Lamp ]", "is not a lamp (unp:Lamp)"),
        (
            "sh:or ( [ sh:class unp:Lamp ] [ sh:class unp:OilLamp ] )",
            "is a lamp (unp:Lamp) or an oil lamp (unp:OilLamp)",
        ),
        (
            "sh:xone ( [ sh:class unp:Lamp ] [ sh:minLength 2 ] )",
            "meets exactly one of these: it is a lamp (unp:Lamp); it is at least two characters long",
        ),
        (
            "sh:node [ sh:property [ sh:path unp:lit ; sh:minCount 1 ; sh:class unp:Lamp ] ]",
            (
                "has at least one unp:lit (first lit), and has no unp:lit (first lit) "
                "but what is a lamp (unp:Lamp)"
            ),
        ),
    ],
)
def test_what_a_value_is(constraints: str, predicate: str) -> None:
    assert of_colour(constraints) == [f"Each value of unp:colour of a lamp (unp:Lamp) {predicate}."]


@pytest.mark.parametrize(
    ("path", "noun"),
    [
        ("[ sh:inversePath unp:lit ]", "at least one thing that has it for unp:lit (first lit)"),
        ("[ sh:alternativePath ( unp:lit unp:colour ) ]", "at least one unp:lit (first lit) or unp:colour"),
        ("( unp:lit unp:colour )", "at least one unp:colour of its unp:lit (first lit)"),
        (
            "[ sh:oneOrMorePath unp:colour ]",
            "at least one thing that one or more steps by unp:colour lead to",
        ),
    ],
)
def test_paths(path: str, noun: str) -> None:
    text = f"id:Shape sh:targetClass unp:Lamp ; sh:property [ sh:path {path} ; sh:minCount 1 ] ."
    assert told(text)[1:] == [f"Each lamp (unp:Lamp) has {noun}."]


@pytest.mark.parametrize(
    ("target", "subject"),
    [
        ("sh:targetSubjectsOf unp:lit , unp:colour", "thing with unp:lit (first lit) or unp:colour"),
        ("sh:targetObjectsOf unp:colour", "value of unp:colour"),
        ("sh:targetNode id:x", "node of these: id:x"),
        (
            "sh:targetClass unp:Lamp ; sh:targetSubjectsOf unp:lit",
            "lamp (unp:Lamp) or thing with unp:lit (first lit)",
        ),
    ],
)
def test_targets(target: str, subject: str) -> None:
    assert told(f"id:Shape {target} ; sh:nodeKind sh:IRI .") == [f"Each {subject} is a thing with an IRI."]


def test_a_closed_shape_lists_what_it_allows() -> None:
    text = """id:Shape sh:targetClass unp:Lamp ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ;
        sh:property id:Inner . id:Inner sh:path unp:colour ; sh:minCount 1 ."""
    assert told(text) == ["Each lamp (unp:Lamp) has no property but unp:colour or rdf:type."]


def test_a_shape_without_constraints_names_its_parts() -> None:
    text = (
        "id:Shape sh:targetClass unp:Lamp ; sh:property id:Inner . id:Inner sh:path unp:lit ; sh:maxCount 1 ."
    )
    assert told(text) == ["Each lamp (unp:Lamp) is looked at by one check: lamps/Inner."]


def test_a_property_shape_in_another_says_whose_values_it_means() -> None:
    text = """id:Shape sh:targetClass unp:Lamp ; sh:property id:Outer .
        id:Outer sh:path unp:colour ; sh:property id:Inner . id:Inner sh:path unp:lit ; sh:maxCount 1 ."""
    assert told(text, "lamps/Inner") == [
        "Each value of unp:colour of a lamp (unp:Lamp) has at most one unp:lit (first lit)."
    ]


def test_a_query_is_shown_without_its_indentation() -> None:
    select = '"""\n    SELECT $this\n      WHERE {}"""'
    text = f"id:Shape sh:targetClass unp:Lamp ; sh:sparql [ sh:select {select} ] ."
    read = shapes(text)
    assert queries(read, sites_of(read, "lamps/Shape")) == ["SELECT $this\n  WHERE {}"]
    assert told(text) == ["No row comes back from the query of this check for any lamp (unp:Lamp)."]


def test_shapes_that_refer_to_themselves_are_told_once() -> None:
    text = "id:Shape sh:targetClass unp:Lamp ; sh:node id:Round . id:Round sh:not id:Round ."
    assert told(text) == ["Each lamp (unp:Lamp) does not meet id:Round too."]


def test_deactivated_shapes_are_not_told() -> None:
    text = "id:Shape sh:targetClass unp:Lamp ; sh:deactivated true ; sh:nodeKind sh:IRI ."
    assert told(text) == []


@pytest.mark.parametrize(
    ("predicate", "text"),
    [
        (Not(Some((STATE, BODY))), "is neither a state nor a body"),
        (Not(Not(STATE)), "is a state"),
        (Not(Every((STATE, BODY))), "does not meet all of these together: it is a state; it is a body"),
        (Some((STATE, Says("has", "a name"))), "is a state, or has a name"),
        (Not(Says("has", "no name")), "fails to meet this: it has no name"),
        (Not(Some((STATE, Says("has", "a name")))), "meets none of these: it is a state; it has a name"),
        (Some((Every((STATE, BODY)), BODY)), "(is a state, and is a body), or is a body"),
    ],
)
def test_predicates(predicate: Predicate, text: str) -> None:
    assert in_english(predicate) == text


def predicates() -> st.SearchStrategy[Predicate]:
    leaves = st.sampled_from([STATE, BODY, Says("has", "a name"), Says("matches", "x"), Says("has", "no y")])

    def wider(inner: st.SearchStrategy[Predicate]) -> st.SearchStrategy[Predicate]:
        parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
        return st.one_of(inner.map(Not), parts.map(Every), parts.map(Some), parts.map(One))

    return st.recursive(leaves, wider, max_leaves=8)


@pytest.mark.slow
@given(predicates())
def test_every_predicate_can_be_said_and_denied(predicate: Predicate) -> None:
    said, denied = in_english(predicate), in_english(Not(predicate))
    assert said
    assert said != denied
    assert in_english(Not(Not(predicate))) == said


def test_articles() -> None:
    nouns = ["state", "office", "United Nations body", "unp:State", "international body"]
    assert [with_article(each).split()[0] for each in nouns] == ["a", "an", "a", "a", "an"]
