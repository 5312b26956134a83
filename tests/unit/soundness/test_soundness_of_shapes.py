"""What is wrong with shapes whatever the data: each check, and a near twin that is right."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from unpact.finding import Place, Severity
from unpact.names import SH, compact
from unpact.shacl.shapes import ShapesGraph, sh
from unpact.validate.soundness.checks import CHECKS
from unpact.validate.soundness.run import shapes_findings
from unpact.validate.soundness.vocabulary import constraint_parameters, shacl_terms

from ...examples import examples  # noqa: TID252 - test folders are no packages
from .turtle_texts import SOUND, ex, of_shapes, shapes, triples

TERMS = sorted(term.removeprefix(SH) for term in shacl_terms() if "-" not in term)


def wrong(text: str, *, meta: bool = False) -> list[str]:
    return [each.check for each in of_shapes(text, meta=meta)]


def only(text: str, *, meta: bool = False) -> str:
    found = of_shapes(SOUND + text, meta=meta)
    assert len(found) == 1, found
    return f"{found[0].check}: {found[0].message}"


def test_sound_shapes_pass_all_checks() -> None:
    assert of_shapes(SOUND, meta=True) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ex:S a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .",
        "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:deactivated true ; sh:nodeKind sh:IRI .",
    ],
)
def test_shapes_without_a_target_are_none(text: str) -> None:
    assert wrong(text) == ["shapes/empty"]


@pytest.mark.parametrize(
    "text",
    [
        "ex:S sh:targetClass ex:C ; sh:nodeKind sh:IRI .",
        "ex:S sh:targetNode ex:C ; sh:nodeKind sh:IRI .",
        "ex:S sh:targetObjectsOf ex:p ; sh:nodeKind sh:IRI .",
        "ex:S a sh:NodeShape , rdfs:Class ; sh:nodeKind sh:IRI .",
    ],
)
def test_any_kind_of_target_counts(text: str) -> None:
    assert wrong(text, meta=True) == []


def test_a_misspelt_parameter_is_found_with_the_one_meant() -> None:
    found = of_shapes(
        SOUND + "ex:Other a sh:NodeShape ; sh:targetClass ex:C ; sh:nodKind sh:IRI ; sh:closed true ."
    )
    assert [(each.check, each.message, each.mend) for each in found] == [
        (
            "shapes/unknown-term",
            "SHACL has no term sh:nodKind: did you mean sh:nodeKind?",
            "Write sh:nodeKind.",
        )
    ]
    assert (found[0].focus, found[0].path, found[0].value) == (ex("Other"), sh("nodKind"), sh("IRI"))


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("ex:PersonShape sh:nodeKind sh:Iri .", "sh:IRI"),
        ("ex:PersonShape a sh:Nodeshape .", "sh:NodeShape"),
        ("ex:PersonShape sh:severity sh:Eror .", ""),
        ("sh:Warnign rdfs:label 'x' .", "sh:Warning"),
    ],
)
def test_an_unknown_term_is_found_wherever_it_stands(text: str, term: str) -> None:
    message = only(text)
    assert message.startswith("shapes/unknown-term")
    assert message.endswith(f"did you mean {term}?") == bool(term)


@pytest.mark.parametrize("name", ["values", "SPARQLTarget", "Parameter", "labelTemplate", "prefixes"])
def test_terms_of_the_advanced_features_are_known(name: str) -> None:
    assert wrong(f"{SOUND} ex:x sh:{name} 1 .") == []


@pytest.mark.slow
@given(st.data())
def test_two_letters_swapped_in_any_term_are_found(draw: st.DataObject) -> None:
    name = draw.draw(st.sampled_from([term for term in TERMS if len(term) > 1]))
    at = draw.draw(st.integers(0, len(name) - 2))
    swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    assume(SH + swapped not in shacl_terms())
    found = of_shapes(SOUND + f"ex:PersonShape ex:about sh:{swapped} .")
    assert [each.check for each in found] == ["shapes/unknown-term"]
    assert compact(SH + swapped) in found[0].message


@pytest.mark.parametrize(
    ("parameter", "value", "shown"),
    [
        ("sh:minCount", "1", '"1"^^xsd:integer'),
        ("sh:maxCount", "1", '"1"^^xsd:integer'),
        ("sh:uniqueLang", "true", '"true"^^xsd:boolean'),
        ("sh:lessThan", "unp:date", "unp:date"),
        ("sh:lessThanOrEquals", "unp:date", "unp:date"),
    ],
)
@pytest.mark.parametrize("meta", [False, True])
def test_a_parameter_of_property_shapes_does_nothing_on_a_node_shape(
    parameter: str, value: str, shown: str, *, meta: bool
) -> None:
    found = of_shapes(f"{SOUND} unp:Shape a sh:NodeShape ; {parameter} {value} .", meta=meta)
    assert [(each.check, each.severity) for each in found] == [("shapes/no-effect", Severity.VIOLATION)]
    assert found[0].message == f"{parameter} has no effect on unp:Shape, which has no sh:path."
    assert found[0].mend == f"Write sh:property [ sh:path … ; {parameter} {shown} ]."
    with_path = f"{SOUND} unp:Shape a sh:PropertyShape ; sh:path ex:name ; {parameter} {value} ."
    assert wrong(with_path, meta=meta) == []


@pytest.mark.parametrize(
    ("alone", "companion"),
    [
        ('sh:flags "i"', 'sh:pattern "a"'),
        ("sh:ignoredProperties ( rdf:type )", "sh:closed true"),
        ("sh:qualifiedMinCount 1", "sh:qualifiedValueShape ex:HouseShape"),
        ("sh:qualifiedValueShape ex:HouseShape", "sh:qualifiedMaxCount 1"),
    ],
)
def test_a_parameter_without_its_companion_does_nothing(alone: str, companion: str) -> None:
    shape = f"{SOUND} ex:P a sh:PropertyShape ; sh:targetClass ex:Person ; sh:path ex:name ; {alone}"
    found = of_shapes(f"{shape} .", meta=True)
    assert [(each.check, each.severity) for each in found] == [("shapes/no-effect", Severity.WARNING)]
    assert companion.partition(" ")[0] in found[0].message
    assert wrong(f"{shape} ; {companion} .", meta=True) == []


def test_one_mistake_with_a_qualified_shape_is_one_finding() -> None:
    text = "ex:HouseShape sh:qualifiedValueShape [ sh:class ex:Room ] ; sh:qualifiedMinCount 1 ."
    assert only(text, meta=True).startswith("shapes/no-effect: sh:qualifiedValueShape")


@pytest.mark.parametrize("used", ["sh:target [ a sh:SPARQLTarget ]", "sh:rule [ a sh:TripleRule ]"])
def test_advanced_features_are_not_asked(used: str) -> None:
    assert "has no effect: it belongs to SHACL Advanced Features" in only(f"ex:PersonShape {used} .")


def test_a_shape_that_asks_for_nothing() -> None:
    shape = "ex:Idle a sh:NodeShape ; sh:targetClass ex:Person ; sh:name 'Idle'"
    assert (
        only(f"{shape} .") == "shapes/no-effect: <http://example.org/Idle> has a target and asks for nothing."
    )
    assert wrong(f"{SOUND} {shape} ; sh:deactivated true .") == []
    assert wrong(f"{SOUND} {shape} ; sh:nodeKind sh:IRI .") == []


def test_a_parameter_of_the_authors_own_asks_for_something() -> None:
    component = """
    ex:Even a sh:ConstraintComponent ; sh:parameter [ sh:path ex:even ] ;
        sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER($value > $even) }" ] .
    ex:S sh:targetClass ex:C ; ex:even 3 .
    """
    assert wrong(component, meta=True) == []


@pytest.mark.parametrize("parameter", ["sh:node", "sh:not"])
def test_a_shape_that_is_not_there_is_met_by_everything(parameter: str) -> None:
    found = of_shapes(f"{SOUND} ex:PersonShape {parameter} ex:HouseShap .", meta=True)
    assert [(each.check, each.severity) for each in found] == [("shapes/unknown-iri", Severity.WARNING)]
    assert found[0].message.endswith("did you mean <http://example.org/HouseShape>?")
    assert wrong(f"{SOUND} ex:PersonShape {parameter} ex:HouseShape .", meta=True) == []


def test_a_member_of_a_list_that_is_no_shape() -> None:
    assert only("ex:PersonShape sh:or ( ex:HouseShape ex:Nothing ) .", meta=True).startswith(
        "shapes/unknown-iri: There is no shape <http://example.org/Nothing>, which sh:or"
    )


def test_a_missing_property_shape_is_a_violation() -> None:
    found = of_shapes(f"{SOUND} ex:PersonShape sh:property ex:Nothing .", meta=True)
    assert [(each.check, each.severity) for each in found] == [("shapes/unknown-iri", Severity.VIOLATION)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sh:path ex:p , ex:q", "has 2 values of sh:path, and can have one."),
        ("sh:path 'p'", 'no property path: "p" is neither a property nor a path.'),
        ("sh:path ()", ""),
        ("sh:path ( ex:p )", "a sequence has two members or more."),
        ("sh:path [ sh:alternativePath ( ex:p ) ]", "a choice has two members or more."),
        ("sh:path [ sh:alternativePath ex:p ]", "a choice has to be a well-formed list, written ( … )."),
        ("sh:path [ rdf:first ex:p ]", "a sequence has to be a well-formed list, written ( … )."),
        ("sh:path [ sh:inversePath ex:p , ex:q ]", "it has 2 values of sh:inversePath."),
        ("sh:path ( ex:p [ sh:inversePath 1 ] )", '"1"^^xsd:integer is neither a property nor a path.'),
        ("sh:path _:p . _:p sh:zeroOrMorePath _:p", "it contains itself."),
        ("sh:path [ ex:inverse ex:p ]", "it is no list, and does not have exactly one of sh:inversePath, "),
        ("sh:name 'no path'", "is a value of sh:property, and so needs a sh:path."),
    ],
)
@pytest.mark.parametrize("meta", [False, True])
def test_paths_that_are_none(text: str, message: str, *, meta: bool) -> None:
    found = of_shapes(
        f"{SOUND} ex:PersonShape sh:property ex:P . ex:P a sh:PropertyShape ; {text} .", meta=meta
    )
    assert [(each.check, each.severity) for each in found] == (
        [("shapes/ill-formed", Severity.VIOLATION)] if message else []
    )
    assert all(message in each.message for each in found)


@pytest.mark.parametrize(
    "path",
    [
        "ex:p",
        "( ex:p ex:q )",
        "[ sh:inversePath ex:p ]",
        "[ sh:alternativePath ( ex:p [ sh:inversePath ex:q ] ) ]",
        "( [ sh:zeroOrMorePath ex:p ] [ sh:oneOrMorePath ex:p ] [ sh:zeroOrOnePath ( ex:p ex:q ) ] )",
    ],
)
def test_paths_of_every_form_are_right(path: str) -> None:
    assert wrong(f"{SOUND} ex:PersonShape sh:property [ sh:path {path} ; sh:minCount 1 ] .", meta=True) == []


def test_a_property_shape_that_is_used_as_a_node_shape() -> None:
    text = "ex:P sh:path ex:name ; sh:minCount 1 . ex:PersonShape sh:node ex:P ."
    assert only(text).endswith("is a value of sh:node, and so cannot have sh:path.")
    assert (
        wrong(f"{SOUND} ex:P sh:path ex:name ; sh:minCount 1 . ex:PersonShape sh:property ex:P .", meta=True)
        == []
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sh:minCount 'two'", 'sh:minCount of S is "two", and has to be an xsd:integer.'),
        ("sh:minCount 1 , 2", "S has 2 values of sh:minCount, and can have one."),
        ("sh:closed 'yes'", 'sh:closed of S is "yes", and has to be an xsd:boolean.'),
        ("sh:class 'C'", 'sh:class of S is "C", and has to be an IRI.'),
        ("sh:nodeKind ex:Thing", "sh:nodeKind of S is <http://example.org/Thing>, and has to be sh:IRI, "),
        ("sh:deactivated 0", 'sh:deactivated of S is "0"^^xsd:integer, and has to be true or false.'),
        (
            "sh:message 7",
            'sh:message of S is "7"^^xsd:integer, and has to be text, with or without a language.',
        ),
        ("sh:in 'a'", "sh:in of S has to be a well-formed list, written ( … )."),
        ("sh:in [ rdf:first 1 ]", "sh:in of S has to be a well-formed list, written ( … )."),
        ("sh:in ( 1 ) , ( 2 )", "S has 2 values of sh:in, and can have one."),
        ("sh:or [ rdf:rest () ]", "sh:or of S has to be a well-formed list, written ( … )."),
        (
            "sh:languageIn ( 7 )",
            'sh:languageIn of S lists "7"^^xsd:integer, and each member has to be an xsd:string',
        ),
        ("sh:ignoredProperties ( 'p' ) ; sh:closed true", 'lists "p", and each member has to be an IRI.'),
        ("sh:node 'shape'", 'sh:node of S has "shape" where a shape is wanted.'),
        ("sh:or ( 'shape' )", 'sh:or of S has "shape" where a shape is wanted.'),
        (
            "sh:sparql [ sh:select 'SELECT $this { MINUS {} }' ]",
            "S cannot be read: a SPARQL constraint may not contain MINUS.",
        ),
        (
            "sh:sparql [ sh:select 'SELECT $this { $this nope:p 1 }' ]",
            "the prefix of nope:p in a SPARQL constraint is not declared.",
        ),
        ("sh:sparql [ sh:select 'SELECT $this' ]", "sh:select of S is no query: "),
        ("sh:sparql [ sh:select 'SELECT $this { $this a }' ]", ", at line 1, column "),
        (
            "sh:sparql [ sh:select 'ASK {}' ]",
            "sh:select of S is no query: a SELECT query is wanted, and this is ASK.",
        ),
        ("sh:sparql 'SELECT'", "sh:sparql of S is a literal"),
    ],
)
def test_what_the_syntax_rules_forbid(text: str, message: str) -> None:
    shape = (
        f"ex:S a sh:PropertyShape ; sh:targetClass ex:Person ; sh:path ex:name ; sh:minLength 1 ; {text} ."
    )
    found = of_shapes(SOUND + shape, meta=True)
    assert [(each.check, each.severity) for each in found] == [("shapes/ill-formed", Severity.VIOLATION)]
    assert message in found[0].message.replace("<http://example.org/S>", "S")


@pytest.mark.parametrize(
    "text",
    [
        "sh:minCount 1",
        "sh:minCount '01'^^xsd:integer",
        "sh:closed true",
        "sh:deactivated false",
        "sh:message 'a' , 'b'@en",
        "sh:in ()",
        "sh:in ( 1 1 )",
        "sh:class ex:C , ex:D",
        "sh:languageIn ( 'en' )",
        "sh:sparql [ sh:select 'SELECT $this { $this $PATH/rdfs:label ?value }' ]",
        "sh:sparql [ sh:select 'SELECT $this (COUNT(?v) AS ?n) { $this $PATH ?v }' ]",
    ],
)
def test_what_they_allow(text: str) -> None:
    shape = (
        f"ex:S a sh:PropertyShape ; sh:targetClass ex:Person ; sh:path ex:name ; sh:minLength 1 ; {text} ."
    )
    assert wrong(SOUND + shape, meta=True) == []


def test_a_blank_shape_is_named_by_its_path_and_what_is_around_it() -> None:
    text = "ex:PersonShape sh:property [ sh:path ex:mail ; sh:or ( [ sh:minLength 'x' ] ) ] ."
    assert "sh:minLength of a shape in <http://example.org/PersonShape> is" in only(text, meta=True)
    text = "ex:PersonShape sh:property [ sh:path unp:mail ; sh:minCount 'x' ] ."
    assert "sh:minCount of the shape of unp:mail in <http://example.org/PersonShape>" in only(text, meta=True)


def test_an_error_is_told_of_the_shape_that_has_it_and_not_of_those_around() -> None:
    text = """
    ex:Outer sh:targetClass ex:Person ; sh:node ex:Middle . ex:Middle sh:property ex:Inner .
    ex:Inner sh:path ex:p ; sh:sparql [ sh:select "SELECT $this { VALUES ?x { 1 } }" ] .
    """
    found = of_shapes(SOUND + text, meta=True)
    assert [each.focus for each in found] == [ex("Inner")]


def test_findings_have_the_place_of_their_triple() -> None:
    asked: list[object] = []

    def place(*triple: object) -> Place:
        asked.append(triple)
        return Place("shapes.ttl", 3)

    found = shapes_findings(shapes(f"{SOUND} ex:HouseShape sh:nodKind sh:IRI ."), place=place)
    assert asked == [(ex("HouseShape"), sh("nodKind"), sh("IRI"))]
    assert [(each.file, each.line) for each in found] == [("shapes.ttl", 3)]


def test_every_finding_has_a_declared_check() -> None:
    assert len({check.id for check in CHECKS}) == len(CHECKS)
    text = (
        "ex:S sh:minCount 1 ; sh:flags 'i' ; sh:targetClas ex:C ; sh:path 1 ; sh:node ex:Nothing ; sh:in 3 ."
    )
    assert {each.check for each in of_shapes(text, meta=True)} <= {check.id for check in CHECKS}


_nodes = st.sampled_from([ex("S"), ex("T"), BlankNode("b"), BlankNode("c")])
_values = st.one_of(
    _nodes,
    st.sampled_from([Literal("x"), Literal("1"), Literal("SELECT"), *map(sh, ("IRI", "NodeShape")), ex("p")]),
    st.sampled_from([NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#nil")]),
)
_used = st.sampled_from(
    sorted(
        {
            *(each.value for each in constraint_parameters()),
            *(
                sh(name).value
                for name in ("path", "targetClass", "targetNode", "select", "ask", "inversePath")
            ),
            *(
                sh(name).value
                for name in ("alternativePath", "deactivated", "parameter", "validator", "message")
            ),
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#first",
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest",
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        }
    )
)


@pytest.mark.slow
@settings(max_examples=examples(40))
@given(st.lists(st.tuples(_nodes, _used, _values), max_size=10))
def test_no_shapes_graph_is_too_broken_to_be_checked(found: list[tuple[NamedNode, str, NamedNode]]) -> None:
    sound = triples(SOUND)
    made = type(sound[0])
    graph = ShapesGraph([*sound, *(made(s, NamedNode(p), o) for s, p, o in found)])
    assert all(each.message for each in shapes_findings(graph, meta=True))
