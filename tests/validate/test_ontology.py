"""Terms in a file that joins the graph: what is found of those of the ontology's namespace, and of others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from unpact.corpus import bundled
from unpact.finding import Severity
from unpact.names import PREFIXES
from unpact.validate.run import validate

if TYPE_CHECKING:
    from unpact.finding import Finding

LAMPS, LANTERNS = "https://example.org/lamps#", "https://example.org/lanterns#"
# what each term of the ontology says of itself, beside what the case is about
SAID = 'skos:definition "An example."@en ; rdfs:isDefinedBy <https://w3id.org/unpact/ontology>'


class Case(NamedTuple):
    """One line of Turtle.

    Args:
        line: of Turtle; TERM is a term of its own, SAID what a term has to say of itself.
        checks: that find something in it where TERM is in the ontology's namespace.
    """

    line: str
    checks: frozenset[str] = frozenset()


def case(line: str, *checks: str) -> Case:
    return Case(line, frozenset(checks))


CASES = [
    case("TERM a owl:Class ; SAID ."),
    case("TERM a owl:Class .", "must/term-label", "must/term-definition", "must/term-ontology"),
    case('TERM a owl:ObjectProperty ; SAID ; rdfs:label "TERM again"@en .', "must/term-label"),
    case('TERM a owl:Class ; SAID ; skos:definition "Again."@en .', "must/term-definition"),
    case("TERM a owl:Class ; SAID ; rdfs:isDefinedBy <https://example.org/> .", "must/term-ontology"),
    case("TERM a owl:Clas ; SAID .", "consistency/undeclared"),
    case("TERM skos:closeMatch org:Organization .", "consistency/undeclared"),
    # what a term builds on
    case("TERM a owl:Class ; SAID ; rdfs:subClassOf unp:State , org:Organization , [ a owl:Restriction ] ."),
    case("TERM a owl:Class ; SAID ; rdfs:subClassOf org:Organisation .", "must/term-link"),
    case('TERM a owl:Class ; SAID ; rdfs:subClassOf "state" .', "must/term-link"),
    case("TERM a owl:DatatypeProperty ; SAID ; rdfs:domain unp:actor .", "must/term-link"),
    case("TERM a owl:ObjectProperty ; SAID ; rdfs:range unp:State ."),
    case("TERM a owl:ObjectProperty ; SAID ; owl:inverseOf unp:actor ."),
    case("TERM a owl:ObjectProperty ; SAID ; rdfs:range xsd:string .", "must/term-link"),
    case("TERM a owl:ObjectProperty ; SAID ; owl:inverseOf unp:iso2 .", "must/term-link"),
    case("TERM a owl:ObjectProperty ; SAID ; rdfs:subPropertyOf unp:iso2 .", "must/term-link"),
    case("TERM a owl:DatatypeProperty ; SAID ; rdfs:subPropertyOf unp:iso2 ."),
    case("TERM a owl:Class ; SAID ; rdfs:subClassOf TERM .", "must/term-circle"),
    case("TERM a owl:ObjectProperty ; SAID ; rdfs:subPropertyOf TERM .", "must/term-circle"),
    # the profile
    case("TERM a owl:DatatypeProperty ; SAID ; rdfs:range xsd:integer ."),
    case("TERM a owl:DatatypeProperty ; SAID ; rdfs:range xsd:gYear .", "must/datatype-range"),
    *(
        case(f"TERM a owl:Class ; SAID ; rdfs:subClassOf [ {expression} ] .")
        for expression in (
            "owl:intersectionOf ( unp:State unp:City )",
            "owl:onProperty unp:actor ; owl:allValuesFrom unp:State",
            "owl:onProperty unp:actor ; owl:maxCardinality 1",
        )
    ),
    *(
        case(f"TERM a owl:Class ; SAID ; rdfs:subClassOf [ {expression} ] .", "must/term-profile")
        for expression in (
            "owl:unionOf ( unp:State unp:City )",
            "owl:intersectionOf ( unp:State [ owl:unionOf ( unp:State unp:City ) ] )",
            "owl:onProperty unp:actor ; owl:allValuesFrom [ owl:unionOf ( unp:State unp:City ) ]",
            "owl:onProperty unp:actor ; owl:someValuesFrom unp:State",
            "owl:onProperty unp:actor ; owl:hasSelf true",
            "owl:onProperty unp:actor ; owl:minCardinality 1",
            "owl:onProperty unp:actor ; owl:cardinality 1",
            "owl:onProperty unp:actor ; owl:minQualifiedCardinality 1",
            "owl:onProperty unp:actor ; owl:qualifiedCardinality 1",
        )
    ),
    case("TERM a owl:Class ; SAID ; owl:disjointUnionOf ( unp:State unp:City ) .", "must/term-profile"),
]
# of a term of any namespace, since OWL itself has it so
OF_ALL = [
    case("TERM a owl:ObjectProperty , owl:DatatypeProperty ; SAID .", "must/property-kind"),
    case("TERM a owl:ObjectProperty , owl:FunctionalProperty ; SAID ."),
]


def written(namespace: str, cases: list[Case]) -> str:
    """A file with one case a line, the prefixes on the first."""
    prefixes = " ".join(f"@prefix {prefix}: <{iri}> ." for prefix, iri in PREFIXES.items())
    lines = []
    for number, (line, _) in enumerate(cases):
        said = f'rdfs:label "example {number} of {namespace}"@en ; {SAID}'
        lines.append(line.replace("TERM", f"<{namespace}Example{number}>").replace("SAID", said))
    return "\n".join((prefixes, *lines)) + "\n"


DEPRECATED = """
<urn:none> a unp:ExampleOld ; unp:exampleOld "x" ; unp:exampleNew "x" ; rdfs:seeAlso unp:ExampleValue .
unp:ExampleOld a owl:Class ; owl:deprecated true .
unp:exampleOld a owl:DatatypeProperty ; owl:deprecated true ; dcterms:isReplacedBy unp:exampleNew .
unp:exampleOld rdfs:domain unp:ExampleDomain . unp:ExampleDomain a owl:Class ; owl:deprecated true .
unp:exampleNew a owl:DatatypeProperty ; owl:deprecated false ; dcterms:replaces unp:exampleOld .
unp:ExampleValue a owl:NamedIndividual ; owl:deprecated true .
unp:ExampleAbove a owl:Class ; owl:deprecated true .
unp:ExampleBelow a owl:Class ; rdfs:subClassOf unp:ExampleAbove .
<urn:below> a unp:ExampleBelow .
"""
# files of which none speaks of what is in another, so that one validation is enough for all
FILES = {
    "mine": written(PREFIXES["unp"], [*CASES, *OF_ALL]),
    "lamps": written(LAMPS, CASES) + f"<{LAMPS}> a owl:Ontology .\n",
    "lanterns": written(LANTERNS, OF_ALL),
    "old": written(PREFIXES["unp"], []) + DEPRECATED.lstrip("\n"),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Finding]]:
    """What is found in each file."""
    folder = tmp_path_factory.mktemp("terms")
    for name, text in FILES.items():
        (folder / f"{name}.ttl").write_text(text, encoding="utf-8")
    findings = validate(bundled(), [folder], cache=False).findings
    by_file: dict[str, list[Finding]] = {name: [] for name in FILES}
    for finding in findings:
        if finding.file is None:
            # that no shape looks at a class has no place; it is said of those that are used
            assert finding.check == "shapes/uncovered-class"
            assert f"{finding.mend}".removesuffix(".").rpartition(":")[2] in DEPRECATED
        else:
            by_file[Path(finding.file).stem].append(finding)
    return by_file


def by_line(findings: list[Finding], cases: list[Case]) -> dict[str, set[str]]:
    lines = {case.line: number for number, case in enumerate(cases, start=2)}
    return {line: {each.check for each in findings if each.line == number} for line, number in lines.items()}


def test_terms_of_the_ontology_are_reported_where_they_are_written(found: dict[str, list[Finding]]) -> None:
    cases = [*CASES, *OF_ALL]
    assert by_line(found["mine"], cases) == {line: set(checks) for line, checks in cases}


def test_the_terms_of_others_keep_the_manners_of_others(found: dict[str, list[Finding]]) -> None:
    assert found["lamps"] == []


def test_a_property_of_others_has_things_or_values_too(found: dict[str, list[Finding]]) -> None:
    assert by_line(found["lanterns"], OF_ALL) == {line: set(checks) for line, checks in OF_ALL}


@pytest.fixture
def deprecating(found: dict[str, list[Finding]]) -> list[Finding]:
    return [finding for finding in found["old"] if finding.check == "consistency/deprecated"]


def test_what_is_deprecated_is_reported_where_it_is_used(deprecating: list[Finding]) -> None:
    # in the data, and in the ontology where a type that follows from it would be reported for each thing
    assert sorted((each.line or 0, str(each.mend).partition(" To ")[0]) for each in deprecating) == [
        (2, "Use another term."),
        (2, "Use another term."),
        (2, "Use unp:exampleNew instead."),
        (9, "Use another term."),
    ]


def test_what_is_deprecated_may_still_be_used(deprecating: list[Finding]) -> None:
    assert {each.severity for each in deprecating} == {Severity.WARNING}
