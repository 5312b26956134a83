"""How shapes and data meet: each check, and a near twin that is right."""

from __future__ import annotations

import pytest

from unpact.corpus import bundled
from unpact.corpus.syntax import read_quads
from unpact.finding import Severity
from unpact.graph.view import build_view
from unpact.shacl.engine import in_memory
from unpact.shacl.shapes import ShapesGraph, sh
from unpact.validate.checked import checked_triples
from unpact.validate.soundness.run import soundness_findings

from .turtle_texts import PEOPLE, SOUND, E, data, ex, same_when_asked, shapes
from .turtle_texts import checks as checks_of_index


def checks(text: str, facts: str = PEOPLE, *, meta: bool = False, known: set[str] | None = None) -> list[str]:
    if known is None:
        same_when_asked(text, facts)
    return checks_of_index(text, facts, meta=meta, known=known)


def only(text: str, facts: str = PEOPLE, *, known: set[str] | None = None) -> str:
    found = soundness_findings(shapes(SOUND + text), data(facts), meta=True, known=known)
    same_when_asked(SOUND + text, facts)
    assert len(found) == 1, found
    return f"{found[0].check}: {found[0].message}".replace(f"<{E}", "").replace(">", "")


@pytest.mark.slow
def test_shapes_that_fit_their_data_pass() -> None:
    assert checks(SOUND, meta=True) == []


def test_no_data_conforms_to_everything_and_is_reported_alone() -> None:
    found = soundness_findings(shapes(SOUND), data(""))
    assert [(each.check, each.severity) for each in found] == [("data/empty", Severity.VIOLATION)]


def test_no_shapes_make_no_class_uncovered() -> None:
    assert checks("") == ["shapes/empty"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("sh:targetClass rdfs:Datatype", "nothing is of class rdfs:Datatype."),
        ("sh:targetNode ex:nobody", "there is no nobody."),
        ("sh:targetSubjectsOf rdfs:seeAlso", "nothing has rdfs:seeAlso."),
        ("sh:targetObjectsOf rdfs:seeAlso", "nothing has rdfs:seeAlso."),
        (
            "sh:targetClass rdfs:Datatype ; sh:targetNode 7",
            'rdfs:Datatype, and there is no "7"^^xsd:integer.',
        ),
    ],
)
def test_a_shape_that_nothing_reaches(target: str, reason: str) -> None:
    found = only(f"ex:Far {target} ; sh:nodeKind sh:IRI .")
    assert found.startswith("shapes/unreached: Far checks nothing: in the data ")
    assert found.endswith(reason)


@pytest.mark.slow
@pytest.mark.parametrize(
    "target",
    [
        "sh:targetClass ex:Person",
        "sh:targetClass rdfs:Datatype , ex:Person",
        "sh:targetNode ex:ann",
        "sh:targetNode 1950",
        "sh:targetSubjectsOf ex:home",
        "sh:targetObjectsOf ex:home",
        "sh:targetClass rdfs:Datatype ; sh:deactivated true",
    ],
)
def test_a_shape_that_something_reaches(target: str) -> None:
    assert checks(f"{SOUND} ex:Near {target} ; sh:nodeKind sh:IRIOrLiteral .") == []


@pytest.mark.slow
def test_a_class_that_is_a_shape_is_reached_by_its_instances() -> None:
    shape = "a sh:NodeShape , rdfs:Class ; sh:nodeKind sh:IRI ."
    assert checks(f"{SOUND} ex:House {shape}") == []
    found = only(f"ex:Castle {shape}")
    assert found == "shapes/unreached: Castle checks nothing: in the data nothing is of class Castle."


@pytest.mark.slow
def test_an_instance_of_a_class_below_reaches_a_shape() -> None:
    shape = f"{SOUND} ex:Far sh:targetClass ex:Mammal ; sh:nodeKind sh:IRI ."
    above = f"{PEOPLE} ex:Person rdfs:subClassOf ex:Animal . ex:Mammal rdfs:subClassOf ex:Animal ."
    assert checks(shape, above) == ["shapes/unreached"]
    assert checks(shape, f"{PEOPLE} ex:Person rdfs:subClassOf ex:Mammal .") == []


@pytest.mark.slow
def test_a_class_that_no_shape_reaches() -> None:
    facts = f"{PEOPLE} ex:rex a ex:Dog . ex:fido a ex:Dog ."
    assert only("", facts) == "shapes/uncovered-class: No shape looks at the 2 instances of Dog, such as rex."
    assert checks(f"{SOUND} ex:DogShape sh:targetClass ex:Dog ; sh:nodeKind sh:IRI .", facts) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("constraint", "covered"),
    [
        ("sh:node [ sh:property [ sh:path ex:age ; sh:minCount 1 ] ]", True),
        ("sh:property [ sh:path ex:age ; sh:minCount 1 ]", True),
        ("sh:not [ sh:closed true ]", True),
        ("sh:or ( [ sh:property [ sh:path ex:age ; sh:minCount 1 ] ] [ sh:class ex:Dog ] )", True),
        ("sh:class ex:Dog", False),
        ("sh:or ( [ sh:class ex:Dog ] [ sh:nodeKind sh:IRI ] )", False),
    ],
)
def test_a_value_is_looked_at_by_a_nested_shape_that_asks_about_it(constraint: str, *, covered: bool) -> None:
    facts = f"{PEOPLE} ex:ann ex:pet ex:rex . ex:rex a ex:Dog ; ex:age 3 ."
    text = f"{SOUND} ex:PersonShape sh:property [ sh:path ex:pet ; {constraint} ] ."
    assert checks(text, facts, meta=True) == ([] if covered else ["shapes/uncovered-class"])


def test_a_shape_that_refers_to_itself_is_followed_to_the_end() -> None:
    facts = f"{PEOPLE} ex:ann ex:child ex:cy . ex:cy ex:child ex:dee . ex:dee a ex:Child ."
    text = f"{SOUND} ex:PersonShape sh:property [ sh:path ex:child ; sh:node ex:PersonShape ] ."
    assert checks(text, facts) == []


@pytest.mark.parametrize("kind", ["owl:Class", "rdfs:Class", "rdf:Property", "[ a owl:Restriction ]"])
def test_terms_of_the_ontology_need_no_shape(kind: str) -> None:
    assert checks(SOUND, f"{PEOPLE} ex:term a {kind} .") == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "sh:targetClass ex:Persn ; sh:nodeKind sh:IRI",
            "has a class Persn, which S names with sh:targetClass",
        ),
        (
            "sh:targetSubjectsOf ex:nam ; sh:nodeKind sh:IRI",
            "a property nam, which S names with sh:targetSub",
        ),
        (
            "sh:targetNode ex:ann ; sh:class ex:Persn",
            "a class Persn, which S names with sh:class: did you mean",
        ),
        ("sh:targetNode ex:ann ; sh:equals ex:nam", "a property nam, which S names with sh:equals: did you"),
        (
            "sh:targetNode ex:ann ; sh:datatype xsd:integr",
            "XML Schema has no datatype xsd:integr, which S names",
        ),
        ("sh:targetNode ex:ann ; sh:datatype ex:Person2", "has a datatype Person2, which S names"),
        ("sh:targetClass owl:Axoim ; sh:nodeKind sh:IRI", "RDF Schema and OWL have no class owl:Axoim"),
        ("sh:targetNode ex:ann ; sh:closed true ; sh:ignoredProperties ( ex:nam )", "a property nam"),
        ("sh:targetNode ex:ann ; sh:property [ sh:path [ sh:inversePath ex:hom ] ; sh:maxCount 1 ]", "hom"),
        ("sh:targetNode ex:ann ; sh:property [ sh:path ( ex:home ex:room ) ; sh:maxCount 1 ]", "mean rooms?"),
        (
            "sh:targetNode ex:ann ; sh:class unp:Person",
            "a class unp:Person, which S names with sh:class: did you mean Person?",
        ),
        ("sh:targetNode ex:ann ; sh:class ex:Zygote", "a class Zygote, which S names with sh:class."),
    ],
)
def test_a_name_that_nobody_knows(text: str, message: str) -> None:
    found = only(f"ex:S {text} .")
    assert found.startswith("shapes/unknown-iri: ")
    assert message in found


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "sh:targetNode ex:ann ; sh:class ex:Person , ex:House , owl:Thing",
        "sh:targetNode ex:ann ; sh:datatype xsd:dateTimeStamp",
        "sh:targetNode ex:ann ; sh:datatype rdf:langString",
        "sh:targetNode ex:ann ; sh:property [ sh:path ( ex:home ex:rooms ) ; sh:maxCount 1 ]",
        "sh:targetNode ex:ann ; sh:property [ sh:path rdfs:seeAlso ; sh:maxCount 1 ]",
    ],
)
def test_names_that_the_data_or_a_standard_knows(text: str) -> None:
    assert checks(f"{SOUND} ex:S {text} .", meta=True) == []


@pytest.mark.slow
def test_a_datatype_of_the_data_is_known_unless_it_claims_to_be_of_xsd() -> None:
    facts = f"{PEOPLE} ex:ann ex:age '1'^^xsd:integr , '2'^^ex:Years ."
    text = f"{SOUND} ex:S sh:targetNode ex:ann ; sh:datatype"
    assert checks(f"{text} xsd:integr .", facts) == ["shapes/unknown-iri"]
    assert checks(f"{text} ex:Years .", facts) == []


@pytest.mark.slow
def test_what_the_ontology_or_the_shapes_declare_is_known() -> None:
    text = f"{SOUND} ex:S sh:targetNode ex:ann ; sh:class ex:Parent ."
    assert checks(text) == ["shapes/unknown-iri"]
    assert checks(text, known={f"{E}Parent"}) == []
    assert checks(f"{text} ex:Parent a owl:Class .") == []
    assert checks(f"{text} ex:Parent rdfs:subClassOf ex:Person .") == []


def test_a_finding_points_at_the_triple_that_names_it() -> None:
    found = soundness_findings(shapes(f"{SOUND} ex:S sh:targetNode ex:ann ; sh:class ex:Persn ."), data())
    assert (found[0].focus, found[0].path, found[0].value) == (ex("S"), sh("class"), ex("Persn"))
    assert found[0].mend == f"Write <{E}Person>."


@pytest.mark.slow
def test_the_bundled_shapes_and_data_are_sound() -> None:
    corpus = bundled()
    asked = ShapesGraph(quad.triple for file in corpus.shape_files() for quad in read_quads(file))
    seen = in_memory(checked_triples(build_view(corpus, "best")))
    assert [(each.check, each.message) for each in soundness_findings(asked, seen, meta=True)] == []
