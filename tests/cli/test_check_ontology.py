"""unpact check-ontology: paths, profiles, formats, places and exit codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from unpact.cli.main import command_line

if TYPE_CHECKING:
    from pathlib import Path

LAMPS = """@prefix ex: <https://w3id.org/lamps#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .

<https://w3id.org/lamps> a owl:Ontology ;
    dcterms:title "Lamps"@en ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> .

ex:Lamp a owl:Class ;
    rdfs:subClassOf ex:Light .

ex:Light a owl:Class ;
    rdfs:subClassOf ex:Lamp .
"""
NOT_RDF = "<urn:x> a .\n"


def unpact(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(command_line, ["check-ontology", *arguments], input=stdin)


@pytest.fixture
def lamps(tmp_path: Path) -> Path:
    path = tmp_path / "lamps.ttl"
    path.write_text(LAMPS, encoding="utf-8")
    return path


def profile(folder: Path, text: str) -> str:
    path = folder / "profile.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def found(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def focuses(result: Result) -> list[str]:
    nodes = [each["focus"] for each in found(result)]
    return [node["value"] for node in nodes if isinstance(node, dict)]


def checks_of(result: Result) -> set[str]:
    return {str(each["check"]) for each in found(result)}


@pytest.mark.slow
def test_the_bundled_ontology_has_nothing_to_find() -> None:
    result = unpact("--severity", "info")
    assert (result.exit_code, result.stdout) == (0, "Nothing found in 3 files\n")


def test_a_finding_has_a_place_and_a_mend(lamps: Path) -> None:
    result = unpact(str(lamps), "--select", "hierarchy/class-cycle")
    assert result.exit_code == 1
    first, *rest = result.stdout.splitlines()
    assert first.startswith(
        f"{lamps.as_posix()}:11:21: violation hierarchy/class-cycle: "
        "The class is above itself, by way of ex:Light."
    )
    assert any(line.startswith("    mend: One of the links in the circle") for line in rest)


def test_a_slip_of_the_pen_gets_the_nearest_name(lamps: Path) -> None:
    lamps.write_text(LAMPS.replace("rdfs:subClassOf ex:Light", "rdfs:subClassOf ex:Ligth"), encoding="utf-8")
    result = unpact(str(lamps), "--select", "declared/class")
    assert (
        "    mend: Did you mean ex:Light? If the name is right, declare it: ex:Ligth a owl:Class.\n"
        in result.stdout
    )


@pytest.mark.slow
def test_only_what_is_as_bad_as_asked_for_fails(lamps: Path) -> None:
    assert unpact(str(lamps), "--select", "term/label").exit_code == 0
    assert unpact(str(lamps), "--select", "term/label", "--severity", "warning").exit_code == 1
    assert unpact(str(lamps), "--select", "term/label", "--max-warnings", "1").exit_code == 1
    assert unpact(str(lamps), "--ignore", "hierarchy/*").exit_code == 0


def test_terms_of_others_keep_the_manners_of_others(tmp_path: Path) -> None:
    path = tmp_path / "more.ttl"
    path.write_text(LAMPS.replace("ex:Lamp a", "<urn:other:lamp> a owl:Class .\nex:Lamp a"), encoding="utf-8")
    named = set(focuses(unpact(str(path), "--select", "term/*", "-f", "jsonl")))
    assert named == {"https://w3id.org/lamps#Lamp", "https://w3id.org/lamps#Light"}


def test_the_namespace_can_be_given(lamps: Path) -> None:
    result = unpact(str(lamps), "--select", "term/label", "-f", "jsonl", "--namespace", "urn:nobody:")
    assert (result.exit_code, result.stdout) == (0, "")


def test_the_namespace_is_found_where_the_header_has_another(tmp_path: Path) -> None:
    path = tmp_path / "obo.ttl"
    path.write_text(
        LAMPS.replace("<https://w3id.org/lamps>", "<https://w3id.org/obo/lamps>"), encoding="utf-8"
    )
    assert len(found(unpact(str(path), "--select", "term/label", "-f", "jsonl"))) == 2


def test_a_term_counts_as_unused_only_where_there_is_data(lamps: Path, tmp_path: Path) -> None:
    text = LAMPS + "ex:Candle a owl:Class ; rdfs:subClassOf ex:Light .\n"
    lamps.write_text(text, encoding="utf-8")
    assert checks_of(unpact(str(lamps), "--select", "unused/*", "-f", "jsonl")) == set()
    data = tmp_path / "data.ttl"
    data.write_text("<urn:one> a <https://w3id.org/lamps#Lamp> .", encoding="utf-8")
    unused = focuses(unpact(str(lamps), "--data", str(data), "--select", "unused/*", "-f", "jsonl"))
    assert unused == ["https://w3id.org/lamps#Candle"]
    data.write_text("<urn:one> a <https://w3id.org/lamps#Candle> .", encoding="utf-8")
    assert found(unpact(str(lamps), "--data", str(data), "--select", "unused/*", "-f", "jsonl")) == []


def test_a_profile_builds_on_the_default_one(lamps: Path, tmp_path: Path) -> None:
    own = profile(tmp_path, "checks: {term/label: error, hierarchy/class-cycle: off}\n")
    result = unpact(str(lamps), "--profile", own, "-f", "jsonl")
    severities = {str(each["check"]): each["severity"] for each in found(result)}
    assert severities["term/label"] == "violation"
    assert severities["term/definition"] == "warning"
    assert "hierarchy/class-cycle" not in severities


def test_a_profile_may_begin_with_nothing_or_with_another(lamps: Path, tmp_path: Path) -> None:
    base = tmp_path / "base.yaml"
    base.write_text("extends: none\nchecks: {term/label: warning}\n", encoding="utf-8")
    assert checks_of(unpact(str(lamps), "--profile", str(base), "-f", "jsonl")) == {"term/label"}
    own = profile(tmp_path, "extends: base.yaml\nchecks: {term/definition: info}\n")
    result = unpact(str(lamps), "--profile", own, "-f", "jsonl")
    assert checks_of(result) == {"term/label", "term/definition"}


def test_a_profile_excuses_terms_by_name(lamps: Path, tmp_path: Path) -> None:
    own = profile(
        tmp_path,
        "extends: none\nchecks:\n  term/label:\n    severity: error\n"
        "    except: ['<https://w3id.org/lamps#Lamp>']\n    because: it is obvious\n",
    )
    result = unpact(str(lamps), "--profile", own, "-f", "jsonl")
    assert focuses(result) == ["https://w3id.org/lamps#Light"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("checks: {term/lable: error}", ":1: no check is called 'term/lable'. Did you mean term/label"),
        ("checks: {term/label: bad}", ":1: term/label has the severity 'bad'"),
        ("chekcs: {}", "unknown key 'chekcs'"),
        ("checks: [", "the profile is not valid YAML"),
        ("checks:\n  term/label: {level: error}", ":2: the rule of term/label has the unknown key 'level'"),
        ("extends: nowhere.yaml", "nowhere.yaml: no such file"),
        ("extends: profile.yaml", "this profile extends itself"),
        ("", "the profile is not valid YAML: it is empty"),
    ],
)
def test_a_profile_that_is_wrong_ends_with_code_two(
    lamps: Path, tmp_path: Path, text: str, words: str
) -> None:
    result = unpact(str(lamps), "--profile", profile(tmp_path, text))
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--select", "term/lable"], "no check is called 'term/lable'. Did you mean term/label"),
        (["--ignore", "zzz"], "To see them all, type: unpact check-ontology --list"),
        (["--explain", "term/lable"], "Did you mean term/label"),
        (["--list", "--explain", "term/label"], "do not go together"),
        (["--profile", "nowhere.yaml"], "nowhere.yaml: no such file"),
        (["nowhere.ttl"], "nowhere.ttl: no such file"),
    ],
)
def test_what_cannot_be_meant_ends_with_code_two(arguments: list[str], words: str) -> None:
    result = unpact(*arguments)
    assert (result.exit_code, words in result.output) == (2, True), result.output


def test_a_file_that_is_not_rdf_ends_with_code_two() -> None:
    result = unpact("-", stdin=NOT_RDF)
    assert result.exit_code == 2
    assert result.stdout.startswith("-:1:")
    assert "syntax/rdf" in result.stdout


def test_standard_input() -> None:
    result = unpact("-", "--select", "hierarchy/class-cycle", "-f", "jsonl", stdin=LAMPS)
    place = found(result)[0]["place"]
    assert isinstance(place, dict)
    assert (place["file"], place["line"]) == ("-", 11)


@pytest.mark.slow
def test_known_findings_can_wait(lamps: Path, tmp_path: Path) -> None:
    known = str(tmp_path / "known.json")
    assert unpact(str(lamps), "--baseline", known, "--update-baseline").exit_code == 0
    assert unpact(str(lamps), "--baseline", known).exit_code == 0
    lamps.write_text(LAMPS + "ex:Light owl:disjointWith ex:Lamp .\n", encoding="utf-8")
    result = unpact(str(lamps), "--baseline", known, "-f", "jsonl")
    assert (result.exit_code, checks_of(result)) == (1, {"expression/disjoint-superclass"})


@pytest.mark.slow
@pytest.mark.parametrize("name", ["table", "csv", "json", "sarif", "junit", "github", "gitlab", "html"])
def test_every_format_names_the_check(lamps: Path, name: str) -> None:
    result = unpact(str(lamps), "-f", name)
    assert result.exit_code == 1
    assert "hierarchy/class-cycle" in result.stdout


@pytest.mark.slow
def test_sarif_names_checks_that_found_nothing(lamps: Path) -> None:
    (run,) = json.loads(unpact(str(lamps), "-f", "sarif").stdout)["runs"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert "property/chain" in rules
    assert "OOPS! P33" in rules["property/chain"]["fullDescription"]["text"]


@pytest.mark.slow
def test_the_list_has_each_check_with_its_severity(tmp_path: Path) -> None:
    own = profile(tmp_path, "checks: {term/label: off}\n")
    lines = unpact("--list", "--profile", own).stdout.splitlines()
    assert len(lines) > 100
    severities = {line.split()[0]: line.split()[1] for line in lines}
    assert severities["term/label"] == "off"
    assert severities["hierarchy/class-cycle"] == "violation"
    listed = json.loads(unpact("--list", "-f", "json").stdout)
    assert {each["id"] for each in listed} == set(severities)


def test_an_explanation_shows_an_example_and_what_it_gives() -> None:
    page = unpact("--explain", "property/inverse-itself").stdout
    assert "ex:besides a owl:ObjectProperty ; owl:inverseOf ex:besides ." in page
    assert "Declare it symmetric instead: ex:besides a owl:SymmetricProperty." in page
    assert "Follows OOPS! P25" in page
    assert "checks fit" in unpact("--explain", "property/inverse*").stdout
