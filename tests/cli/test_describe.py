"""show, find and cite over a little Turtle of our own, read with the bundled ontology."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, parse

from unpact.cli.main import command_line
from unpact.query.period import today

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., Result]

FACTS = """
@prefix unp: <https://w3id.org/unpact/ontology#> .
@prefix id: <https://w3id.org/unpact/id/> .
@prefix s: <https://w3id.org/unpact/source/lasting-partnership/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

id:utopia a unp:State ; rdfs:label "Utopia"@en , "Utopie"@fr ; unp:iso2 "UT" ;
    skos:altLabel "Утопия"@ru ;
    unp:statedIn s:1.1.1 .
id:erewhon a unp:State ; rdfs:label "Erewhon"@en ; unp:iso2 "EW" ; unp:statedIn s:1.1.1 .

id:sea-body a unp:Office ; rdfs:label "Office for Sea Matters"@en ; unp:acronym "OSM" ;
    unp:secretariatOf id:sea-commission ; unp:established "1977"^^xsd:gYear ;
    unp:statedIn s:1.1.2 .
[] a owl:Axiom ; owl:annotatedSource id:sea-body ; owl:annotatedProperty unp:established ;
    owl:annotatedTarget "1977"^^xsd:gYear ; unp:statedIn s:2.1.10 , s:2.1.9 .
id:sea-commission a unp:FunctionalCommission ; rdfs:label "Commission on Sea Matters"@en ;
    unp:statedIn s:1.1.2 .

id:sea-treaty a unp:Convention ; rdfs:label "Convention on Sea Matters"@en ; unp:statedIn s:1.1.2 .
id:utopia-accession a unp:Accession ; unp:actor id:utopia ; unp:treaty id:sea-treaty ;
    unp:date "2022-11"^^xsd:gYearMonth ; unp:statedIn s:6.4.1 .
id:programme a unp:CountryProgramme ; rdfs:label "Sea Programme"@en ; unp:servesState id:utopia ;
    unp:budget id:programme-budget ; unp:statedIn s:2.4.1 .
id:programme-budget a unp:MonetaryAmount ; unp:value 75 ; unp:currency "USD" ; unp:exactness unp:About ;
    unp:statedIn s:2.4.2 .
"""


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("facts") / "sea.ttl"
    path.write_text(FACTS, encoding="utf-8")
    return path


@pytest.fixture
def run(facts: Path) -> Run:
    def unpact(*arguments: str) -> Result:
        return CliRunner().invoke(command_line, [*arguments, "--data", str(facts), "--only-data"])

    return unpact


def sections(page: str) -> dict[str, list[str]]:
    """The lines of a page of ``show``, by the heading above them."""
    found: dict[str, list[str]] = {}
    title = ""
    for line in page.splitlines():
        if line.startswith("  "):
            found[title].append(line.strip())
        elif line:
            title = line
            found[title] = []
    return found


@pytest.mark.slow
def test_show_says_what_it_is_and_each_line_has_its_sentence(run: Run) -> None:
    result = run("show", "OSM")
    assert result.exit_code == 0, result.output
    page = sections(result.stdout)
    assert result.stdout.splitlines()[0] == "Office for Sea Matters (office)  id:sea-body"
    assert page["Names"] == ["acronym: OSM  [s:1.1.2]", "label: Office for Sea Matters  [s:1.1.2]"]
    assert "secretariat of: Commission on Sea Matters  [s:1.1.2]" in page["Facts"]


@pytest.mark.slow
def test_show_gives_the_axiom_s_sentences_in_reading_order(run: Run) -> None:
    page = sections(run("show", "OSM").stdout)
    assert "established: 1977  [s:2.1.9 s:2.1.10]" in page["Facts"]


@pytest.mark.slow
def test_show_marks_what_is_inferred_and_says_it_once(run: Run) -> None:
    page = sections(run("show", "Commission on Sea Matters").stdout)
    assert "secretariat: Office for Sea Matters (inferred)  [s:1.1.2]" in page["Facts"]
    assert "Office" not in page


@pytest.mark.slow
def test_show_folds_statements_in(run: Run) -> None:
    page = sections(run("show", "UT").stdout)
    assert page["Accession"] == ["date: 2022-11; treaty: Convention on Sea Matters (actor)  [s:6.4.1]"]
    assert page["Country programme"] == ["Sea Programme (serves state)  [s:2.4.1]"]
    page = sections(run("show", "Sea Programme").stdout)
    assert "budget: currency: USD; exactness: about; value: 75  [s:2.4.1]" in page["Facts"]


def test_show_tells_what_follows_from_an_act(run: Run) -> None:
    page = run("show", "UT", "--as-of", "2023").stdout
    (line,) = [line for line in page.splitlines() if "status: party" in line]
    assert line.endswith("treaty: Convention on Sea Matters (actor) (inferred) (current)  [s:6.4.1]")


@pytest.mark.parametrize(
    ("as_of", "mark"),
    [("2022-10-31", " (later)"), ("2022-11-15", " (uncertain)"), ("2022-11", ""), ("2023", "")],
)
def test_show_does_not_show_as_done_what_was_to_come(run: Run, as_of: str, mark: str) -> None:
    page = sections(run("show", "UT", "--as-of", as_of).stdout)
    assert page["Accession"] == [f"date: 2022-11; treaty: Convention on Sea Matters (actor){mark}  [s:6.4.1]"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("as_of", "when"),
    [
        ("2009", "planned"),
        ("2010", "current"),
        ("2014-02", "uncertain"),
        ("2015", "ended"),
        ("today", "ended"),
    ],
)
def test_show_says_for_which_day_and_how_the_thing_stands_then(as_of: str, when: str) -> None:
    def show(*more: str) -> str:
        arguments = ["show", "country-programme-1", "--as-of", as_of, *more]
        return CliRunner().invoke(command_line, arguments, catch_exceptions=False).stdout

    day = today().isoformat() if as_of == "today" else as_of
    assert show().splitlines()[1] == f"as of {day}: {when}"
    assert {"as_of": day, "when": when}.items() <= json.loads(show("--format", "json")).items()


def test_show_wants_a_period() -> None:
    result = CliRunner().invoke(command_line, ["show", "CND", "--as-of", "yesterday"])
    assert result.exit_code == 2
    assert "'yesterday' is not a year, a month or a day. Write it like 2022" in result.stderr


@pytest.mark.slow
def test_show_in_another_language(run: Run) -> None:
    assert run("show", "UT", "--lang", "fr").stdout.startswith("Utopie (state)  id:utopia\n")
    assert run("show", "UT", "--lang", "ru").stdout.startswith("Утопия (state)  id:utopia\n")
    assert run("show", "UT", "--lang", "zh").stdout.startswith("Utopia (state)  id:utopia\n")


def test_show_as_json_has_iris_labels_and_sentences(run: Run) -> None:
    found = json.loads(run("show", "OSM", "--format", "json").stdout)
    assert found["thing"] == {"iri": "https://w3id.org/unpact/id/sea-body", "label": "Office for Sea Matters"}
    established = next(fact for fact in found["facts"] if fact["property"]["label"] == "established")
    assert established["value"] == {"value": "1977", "datatype": "xsd:gYear"}
    assert not established["inferred"]
    assert [sentence.rpartition("/")[2] for sentence in established["sentences"]] == ["2.1.9", "2.1.10"]


def test_show_as_turtle_has_the_facts_and_their_evidence(run: Run) -> None:
    text = run("show", "OSM", "--format", "ttl").stdout
    triples = [
        (str(t.subject), str(t.predicate), str(t.object)) for t in parse(text, format=RdfFormat.TURTLE)
    ]
    assert any(
        subject.endswith("/sea-body>") and used.endswith("established>") for subject, used, _ in triples
    )
    assert any(used.endswith("annotatedTarget>") for _, used, _ in triples)
    assert not any("secretariat>" in used for _, used, _ in triples)


@pytest.mark.parametrize(
    "name", ["UT", "ut", "utopia", "UTOPIE", "id:utopia", "https://w3id.org/unpact/id/utopia", "утопия"]
)
def test_any_name_leads_to_the_thing(run: Run, name: str) -> None:
    assert run("show", name).stdout.startswith("Utopia (state)")


def test_unknown_thing_is_one_sentence(run: Run) -> None:
    result = run("show", "Utopai")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("unpact: ")
    assert result.stderr.count("\n") == 1
    assert "Utopia" in result.stderr


def ids(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [json.loads(line)["id"] for line in result.stdout.splitlines()]


@pytest.mark.slow
def test_find_ranks_whole_names_first(run: Run) -> None:
    found = ids(run("find", "sea", "matters", "-f", "jsonl"))
    assert set(found) >= {"id:sea-body", "id:sea-commission", "id:sea-treaty"}
    assert ids(run("find", "Convention on Sea Matters", "-f", "jsonl"))[0] == "id:sea-treaty"


@pytest.mark.parametrize("text", ["OSM", "osm", "Office for Sea", "sea-body", "Ofice for Sea Maters"])
def test_find_by_acronym_part_and_misspelling(run: Run, text: str) -> None:
    assert ids(run("find", text, "-f", "jsonl"))[0] == "id:sea-body"


def test_find_in_any_language_says_which_name_matched(run: Run) -> None:
    (row,) = [json.loads(line) for line in run("find", "утопи", "-f", "jsonl").stdout.splitlines()]
    assert (row["name"], row["id"]) == ("Утопия", "id:utopia")
    assert row["kind"] == "https://w3id.org/unpact/ontology#State"


@pytest.mark.slow
def test_the_article_is_found_by_its_title() -> None:
    title = "Pakistan-United Nations Office on Drugs and Crime (UNODC): A Lasting Partnership"
    article = "https://w3id.org/unpact/source/lasting-partnership"
    assert ids(CliRunner().invoke(command_line, ["find", title, "-f", "jsonl"])) == [article]
    assert ids(CliRunner().invoke(command_line, ["find", "a lasting", "-f", "jsonl"])) == [article]
    for name in ("lasting-partnership", title):
        shown = CliRunner().invoke(command_line, ["show", name])
        assert shown.exit_code == 0
        assert article in shown.stdout


def test_find_limit(run: Run) -> None:
    assert len(ids(run("find", "sea", "--limit", "2", "-f", "jsonl"))) == 2


@pytest.mark.slow
def test_find_nothing(run: Run) -> None:
    result = run("find", "qqqqqqqq")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no rows\n")
    assert run("find", "qqqqqqqq", "--fail-empty").exit_code == 1


def test_cite_lists_sentences_in_reading_order_with_what_they_state(run: Run) -> None:
    found = json.loads(run("cite", "OSM", "-f", "json").stdout)
    numbers = [entry["sentence"].rpartition("/")[2] for entry in found]
    assert numbers == ["1.1.2", "2.1.9", "2.1.10"]
    assert found[2]["statements"] == ["established: 1977"]


def test_cite_includes_statements_about_the_thing(run: Run) -> None:
    found = json.loads(run("cite", "UT", "-f", "json").stdout)
    numbers = [entry["sentence"].rpartition("/")[2] for entry in found]
    assert numbers == ["1.1.1", "2.4.1", "6.4.1"]
    assert "Accession: date: 2022-11; treaty: Convention on Sea Matters (actor)" in found[2]["statements"]


def test_cite_sentence_lists_what_rests_on_it(run: Run) -> None:
    (entry,) = json.loads(run("cite", "s:2.1.9", "-f", "json").stdout)
    assert entry["statements"] == ["Office for Sea Matters (office): established: 1977"]
    (entry,) = json.loads(run("cite", "s:1.1.2", "-f", "json").stdout)
    assert not any("established" in statement for statement in entry["statements"])


@pytest.mark.slow
@pytest.mark.parametrize("sentence", ["s:2.5.2", "s:4.2.1"])
def test_cite_sentence_leaves_out_what_the_record_adds(sentence: str) -> None:
    result = CliRunner().invoke(command_line, ["cite", sentence, "-f", "json"])
    (entry,) = json.loads(result.stdout)
    said = " ".join(entry["statements"])
    assert "label: " in said
    assert not any(word in said for word in ("ISO", "M49", "Wikidata", "UNTC", "alt label", "treaty number"))


def test_cite_as_rows(run: Run) -> None:
    lines = run("cite", "OSM", "-f", "csv").stdout.splitlines()
    assert lines[0] == "sentence,states"
    assert len(lines) == 4


def test_cite_refuses_an_article_that_is_another_text(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "article.txt"
    other.write_text("not the article", encoding="utf-8")
    result = run("cite", "OSM", "--article", str(other))
    assert result.exit_code == 2
    assert "SHA-256" in result.stderr
