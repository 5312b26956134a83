"""Contradictions of the real graph with a corrupted file: each names every line that it rests on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from unpact.cli.main import command_line
from unpact.corpus import bundled, user_files
from unpact.finding import Severity
from unpact.graph.contradictions import Contradictions
from unpact.names import ID, PREFIXES
from unpact.validate.checked import checked_with_context
from unpact.validate.locating import Locator
from unpact.validate.run import consistency_of, validate

if TYPE_CHECKING:
    from pathlib import Path

    from unpact.finding import Finding
    from unpact.validate.checked import Checked

# what all cases rest on takes many seconds to find, so one worker finds it for all
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("contradictions")]

HEAD = "".join(
    f"@prefix {prefix}: <{namespace}> .\n"
    for prefix, namespace in {**PREFIXES, "ex": "http://example.org/"}.items()
)
FIRST = HEAD.count("\n") + 1

# for each: a file, the check, the rule, the line that is at fault, and what the finding rests on: each line
# of the file as a number, or a file of the project with what is said there
CASES = {
    "two classes": (
        ["id:pakistan a unp:Treaty ."],
        "consistency/disjoint-classes",
        "cax-adc",
        1,
        [1, "data/article/states.ttl: id:pakistan a unp:State", "ontology/unpact.ttl: [] owl:members []"],
    ),
    "a class by a range": (
        ["id:a a unp:Accession ;", "  unp:treaty id:iran ."],
        "consistency/disjoint-classes",
        "cax-adc",
        2,
        [2, "data/article/states.ttl: id:iran a unp:State", "ontology/unpact.ttl: [] owl:members []"],
    ),
    "a value too many": (
        ['id:single-convention-1961 unp:untcNumber "VI-99" .'],
        "consistency/one-value",
        "dt-diff",
        1,
        [
            1,
            'data/record/treaties.ttl: id:single-convention-1961 unp:untcNumber "VI-15"',
            "ontology/unpact.ttl: unp:untcNumber a owl:FunctionalProperty",
        ],
    ),
    "a literal of another datatype": (
        ['id:country-programme-3 unp:numberInSeries "third" .'],
        "consistency/datatype",
        "dt-not-type",
        1,
        [1, "ontology/unpact.ttl: unp:numberInSeries rdfs:range xsd:integer"],
    ),
    "a literal of another datatype by a class": (
        [
            "id:austria a [",
            "    owl:onProperty unp:m49 ;",
            "    owl:allValuesFrom xsd:integer ] .",
        ],
        "consistency/datatype",
        "dt-not-type",
        None,
        [1, 2, 3, 'data/record/states.ttl: id:austria unp:m49 "040"'],
    ),
    "a part of itself": (
        [
            "ex:partOf a owl:IrreflexiveProperty , owl:TransitiveProperty .",
            "id:unodc ex:partOf id:unov .",
            "id:unov ex:partOf id:unodc .",
        ],
        "consistency/itself",
        "prp-irp",
        None,
        [1, 2, 3],
    ),
    "both ways": (
        ["ex:above a owl:AsymmetricProperty .", "id:unodc ex:above id:cnd .", "id:cnd ex:above id:unodc ."],
        "consistency/itself",
        "prp-asyp",
        3,
        [1, 2, 3],
    ),
    "two properties": (
        [
            "ex:opposes owl:propertyDisjointWith unp:memberOf .",
            "unp:secretariatOf rdfs:subPropertyOf ex:opposes .",
            "id:unodc unp:memberOf id:cnd .",
        ],
        "consistency/disjoint-properties",
        "prp-pdw",
        3,
        [1, 2, 3, "data/article/bodies.ttl: id:unodc unp:secretariatOf id:cnd"],
    ),
    "the rest of a class": (
        ["ex:Stateless owl:complementOf unp:State .", "id:pakistan a ex:Stateless ."],
        "consistency/complement",
        "cls-com",
        2,
        [1, 2, "data/article/states.ttl: id:pakistan a unp:State"],
    ),
    "the empty class": (
        ["ex:Landless rdfs:subClassOf owl:Nothing .", "id:pakistan a ex:Landless ."],
        "consistency/nothing",
        "cls-nothing2",
        2,
        [1, 2],
    ),
    "what is denied": (
        [
            "[] owl:sourceIndividual id:unodc ;",
            "  owl:assertionProperty unp:secretariatOf ;",
            "  owl:targetIndividual id:cnd .",
        ],
        "consistency/denied",
        "prp-npa1",
        None,
        [1, 2, 3, "data/article/bodies.ttl: id:unodc unp:secretariatOf id:cnd"],
    ),
    "one name for two": (
        [
            "unp:untcNumber a owl:InverseFunctionalProperty .",
            'id:other-treaty unp:untcNumber "XVIII-14" .',
            "id:uncac owl:differentFrom id:other-treaty .",
        ],
        "consistency/different",
        "eq-diff1",
        3,
        [1, 2, 3, 'data/record/treaties.ttl: id:uncac unp:untcNumber "XVIII-14"'],
    ),
    "two values that are different": (
        [
            "id:unodc-cop a owl:Thing ;",
            "  unp:conferenceOf id:uncac ,",
            "    id:untoc .",
            "[] a owl:AllDifferent ;",
            "  owl:members ( id:uncac id:untoc ) .",
        ],
        "consistency/different",
        "eq-diff2",
        None,
        [2, 3, 4, 5, "ontology/unpact.ttl: unp:conferenceOf a owl:FunctionalProperty"],
    ),
    "two with one key": (
        [
            "ex:Person owl:hasKey ( ex:number ) .",
            "ex:a a ex:Person ;",
            "  ex:number 7 .",
            "ex:b a ex:Person ;",
            "  ex:number 7 ;",
            "  owl:differentFrom ex:a .",
        ],
        "consistency/different",
        "eq-diff1",
        6,
        [1, 2, 3, 4, 5, 6],
    ),
    "no value": (
        [
            "unp:State rdfs:subClassOf [",
            "    owl:onProperty unp:secretariatOf ;",
            "    owl:maxCardinality 0 ] .",
            "id:pakistan unp:secretariatOf id:cnd .",
        ],
        "consistency/no-value",
        "cls-maxc1",
        4,
        [1, 2, 3, 4, "data/article/states.ttl: id:pakistan a unp:State"],
    ),
    # what a rule of the corpus made is explained by what it was made from
    "by a rule of the corpus": (
        [
            "unp:earliestStart rdfs:domain ex:Timed .",
            "ex:Timed owl:disjointWith ex:Timeless .",
            "id:country-programme-2 a ex:Timeless .",
        ],
        "consistency/disjoint-classes",
        "cax-dw",
        3,
        [1, 2, 3, 'data/article/programmes.ttl: id:country-programme-2 unp:start "2016"^^xsd:gYear'],
    ),
}


def written(folder: Path, lines: list[str]) -> Path:
    path = folder / "mine.ttl"
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def consistency_in(path: Path) -> list[Finding]:
    """What a file contradicts, without what shapes find in it."""
    checked = checked_with_context(bundled(), user_files([path]), cache=False)
    return consistency_of(checked, Locator(checked.store, checked.files))


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """The real graph with one file that has all cases in it."""
    lines = [line for lines, *_ in CASES.values() for line in lines]
    path = written(tmp_path_factory.mktemp("contradictions"), lines)
    return checked_with_context(bundled(), user_files([path]), cache=False)


@pytest.fixture(scope="module")
def findings(checked: Checked) -> list[Finding]:
    found = consistency_of(checked, Locator(checked.store, checked.files))
    return [each for each in found if each.grounds is not None]


def own_lines(finding: Finding) -> set[int]:
    """The lines of that file that a finding rests on."""
    assert finding.grounds is not None
    places = (each.place for each in finding.grounds.premises)
    return {place.line or 0 for place in places if place is not None and place.file.endswith("mine.ttl")}


@pytest.mark.parametrize("case", CASES)
def test_the_finding_names_every_line(findings: list[Finding], case: str) -> None:
    _, check, rule, at, rests = CASES[case]
    before = sum(len(lines) for lines, *_ in list(CASES.values())[: list(CASES).index(case)])
    wanted = {FIRST + before + line - 1 for line in rests if isinstance(line, int)}
    (finding,) = (each for each in findings if each.check == check and own_lines(each) == wanted)
    assert finding.severity is Severity.VIOLATION
    assert finding.grounds is not None
    assert (finding.grounds.rule, bool(finding.grounds.reading)) == (rule, True)
    premises = finding.grounds.premises
    assert all(each.place is not None and each.place.line is not None for each in premises)
    others = {f"{each.place.file}: {each.said}" for each in premises if each.place}
    assert {each for each in rests if isinstance(each, str)} <= others
    assert finding.mend
    if at is not None:
        assert finding.line == FIRST + before + at - 1


def test_the_real_graph_has_none() -> None:
    checked = checked_with_context(bundled(), (), cache=False)
    assert checked.contradictions() == Contradictions()
    assert consistency_of(checked) == []


def test_another_run_finds_the_same(tmp_path: Path) -> None:
    path = written(tmp_path, CASES["by a rule of the corpus"][0])
    first, second = (validate(bundled(), [path]).findings for _ in range(2))
    assert first == second
    assert "consistency/disjoint-classes" in {each.check for each in first}


def test_text_and_sarif_have_both_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, CASES["two classes"][0])
    command = ["validate", "mine.ttl", "--select", "consistency/*", "-f"]
    text, sarif = (CliRunner().invoke(command_line, [*command, form]).stdout for form in ("text", "sarif"))
    here, there = f"mine.ttl:{FIRST}:15: id:pakistan a unp:Treaty", "id:pakistan a unp:State"
    assert f"          {here}\n" in text
    assert f": {there}\n" in text
    (run,) = json.loads(sarif)["runs"]
    (result,) = run["results"]
    assert result["ruleId"] == "consistency/disjoint-classes"
    assert "cax-adc" in result["message"]["text"]
    related = {
        each["message"]["text"]: each["physicalLocation"]["artifactLocation"]["uri"]
        for each in result["relatedLocations"]
    }
    assert related["id:pakistan a unp:Treaty"] == "mine.ttl"
    assert related[there].endswith("data/article/states.ttl")
    assert [each["id"] for each in result["relatedLocations"]] == list(range(len(related)))


def test_what_follows_from_two_values_of_one_is_not_reported_as_well(tmp_path: Path) -> None:
    # two treaties that are one would have two numbers, two dates and more
    lines = ["id:some-conference unp:conferenceOf id:uncac , id:untoc ."]
    found = consistency_in(written(tmp_path, lines))
    assert [(each.check, each.line) for each in found] == [("consistency/one-value", FIRST)]


def test_two_values_that_are_said_to_be_different_are_one_finding(tmp_path: Path) -> None:
    found = consistency_in(written(tmp_path, CASES["two values that are different"][0]))
    assert "consistency/different" in {each.check for each in found}
    assert "consistency/one-value" not in {each.check for each in found}


def test_a_value_written_in_two_ways_is_one_value(tmp_path: Path) -> None:
    lines = ['id:country-programme-3 unp:numberInSeries 3 , "03"^^xsd:integer , "3"^^xsd:byte .']
    assert consistency_in(written(tmp_path, lines)) == []


def test_an_ill_typed_literal_is_reported_once(tmp_path: Path) -> None:
    lines = ['id:country-programme-3 unp:numberInSeries "third"^^xsd:integer .']
    found = validate(bundled(), [written(tmp_path, lines)]).findings
    assert [each.check for each in found] == ["syntax/literal"]


def test_what_is_kept_is_read_as_it_was(checked: Checked) -> None:
    found = checked.contradictions()
    assert found.constructed
    assert [str(each) for each in found.constructed] == [
        text for each in found.constructed if ID in (text := str(each))
    ]
    again = Contradictions.read(found.dumped())
    assert again.found == found.found
    assert again.constructed == found.constructed
    assert again.derivations is not None
    assert again.dumped() == found.dumped()
