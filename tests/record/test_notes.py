"""The notes below answers: where one touches a discrepancy, and nowhere else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

import unpact
from unpact.cli.main import command_line
from unpact.evidence import notes
from unpact.evidence import rows as behind
from unpact.evidence.discrepancies import discrepancies
from unpact.evidence.notes import touched
from unpact.names import ID

if TYPE_CHECKING:
    from pathlib import Path

    from unpact.render.notes import Note

YEAR = "Note: Year in which UNODC was established: 1997 in the record ("
SENTENCE = "1977 in the article (s:1.1.1): error, high confidence."


def ask(*arguments: str) -> Result:
    result = CliRunner().invoke(command_line, list(arguments))
    assert result.exit_code == 0, result.stderr
    return result


@pytest.fixture(scope="module")
def knowledge() -> unpact.Knowledge:
    return unpact.open()


def on(found: list[Note]) -> set[str]:
    return {note.discrepancy.removeprefix(ID + "discrepancy-") for note in found}


@pytest.mark.slow
@pytest.mark.parametrize("form", ["table", "md"])
def test_an_answer_shows_the_better_value_and_a_note(form: str) -> None:
    result = ask("query", "established", "--format", form)
    assert "1997" in result.stdout.partition("Note:")[0]
    (note,) = [line for line in result.stdout.splitlines() if line.startswith(YEAR)]
    assert note.endswith(SENTENCE)
    assert result.stderr == ""


@pytest.mark.slow
def test_json_has_the_notes_beside_the_rows() -> None:
    answer = json.loads(ask("query", "established", "--format", "json").stdout)
    assert set(answer) == {"head", "results", "notes"}
    (note,) = answer["notes"]
    assert (note["article"], note["record"], note["kind"]) == (["1977"], ["1997"], "error")
    assert note["sentences"] == ["https://w3id.org/unpact/source/lasting-partnership/1.1.1"]
    assert note["sources"]
    assert note["reason"]


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl"])
def test_a_format_without_a_place_leaves_them_to_standard_error(form: str) -> None:
    result = ask("query", "established", "--format", form)
    assert "Note:" not in result.stdout
    assert result.stderr.startswith(YEAR)


@pytest.mark.slow
def test_triples_are_noted_too() -> None:
    result = ask("sparql", "CONSTRUCT { id:unodc unp:established ?y } WHERE { id:unodc unp:established ?y }")
    assert "Note:" not in result.stdout
    assert result.stderr.startswith(YEAR)


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_the_view_article_shows_what_the_article_says_without_a_note(form: str) -> None:
    result = ask("query", "established", "--view", "article", "--format", form)
    assert "1977" in result.stdout
    assert "1997" not in result.stdout
    assert "ote" not in result.stdout + result.stderr


@pytest.mark.slow
def test_an_answer_that_touches_nothing_has_no_note(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        pytest.fail("the query was taken apart for nothing")

    monkeypatch.setattr(behind, "facts_behind_rows", never)
    # no discrepancy is about these two treaties
    words = ("query", "party-status", "--state", "Pakistan", "--treaty", "UNTOC", "--treaty", "UNCAC")
    result = ask(*words)
    assert "Note:" not in result.stdout
    assert "notes" not in json.loads(ask(*words, "--format", "json").stdout)


@pytest.mark.slow
def test_the_test_before_misses_no_thing_that_is_shown(
    knowledge: unpact.Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = [on(knowledge.query(query.name, **query.examples[0]).notes) for query in knowledge.queries]
    every = {each.node: each for each in discrepancies(knowledge.graph)}

    def those_shown(_graph: object, _text: object, cells: set[object]) -> tuple[set[object], set[object]]:
        shown = {node for node, each in every.items() if cells & {*each.about, *each.contested}}
        return set(), shown - cells

    monkeypatch.setattr(notes, "_candidates", those_shown)
    again = [on(knowledge.query(query.name, **query.examples[0]).notes) for query in knowledge.queries]
    assert [slow - fast for fast, slow in zip(quick, again, strict=True) if slow - fast] == []
    assert sum(map(bool, quick)) > 20


def test_another_fact_about_a_contested_thing_has_no_note(knowledge: unpact.Knowledge) -> None:
    assert on(knowledge.sparql("SELECT ?seat { id:unodc unp:seat ?seat }").notes) == set()
    assert on(knowledge.sparql("SELECT ?year { id:unodc unp:established ?year }").notes) == {
        "unodc-established"
    }


def test_a_hidden_value_is_noted(knowledge: unpact.Knowledge) -> None:
    query = "SELECT ?programme { ?programme unp:budget/unp:value ?value FILTER(?value < 80000000) }"
    assert on(knowledge.sparql(query).notes) == {"country-programme-2-budget"}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?body ?year { ?body unp:established ?year FILTER(?body = id:unodc) } LIMIT 3",
        "SELECT ?s ?p ?o { ?s ?p ?o FILTER(?s = id:unodc && ?p = unp:established) }",
        "SELECT ?kind { id:decision-74-567 a ?kind }",
    ],
)
def test_however_the_query_is_written(query: str, knowledge: unpact.Knowledge) -> None:
    assert len(knowledge.sparql(query).notes) == 1


def test_a_limit_is_kept(monkeypatch: pytest.MonkeyPatch, knowledge: unpact.Knowledge) -> None:
    def never(*_: object) -> None:
        pytest.fail("the query ran without its limit")

    monkeypatch.setattr(behind, "facts_behind_rows", never)
    answer = knowledge.sparql("SELECT ?s ?p ?o { ?s ?p ?o . ?a ?b ?c FILTER(?s = id:unodc) } LIMIT 5")
    assert len(answer) == 5
    assert on(answer.notes) <= {"unodc-established"}


def test_yes_or_no_has_no_note(knowledge: unpact.Knowledge) -> None:
    answer = knowledge.sparql("ASK { id:unodc unp:established ?year }")
    assert answer.truth
    assert answer.notes == []


def test_a_plan_that_was_overtaken_is_shown_with_what_came_of_it(knowledge: unpact.Knowledge) -> None:
    found = knowledge.query("plans").notes
    assert {"ahc-conclusion", "national-drug-survey-findings"} <= on(found)
    (conclusion,) = [note for note in found if "ahc-conclusion" in note.discrepancy]
    assert conclusion.kind == "superseded"
    assert "Adoption of the convention against cybercrime" in str(conclusion)


@pytest.mark.slow
def test_a_corrected_name_counts_where_names_are_shown(knowledge: unpact.Knowledge) -> None:
    result = ask("query", "team")
    assert "Financial Monitoring Unit" in result.stdout.partition("Note:")[0]
    assert "Financial Management Unit" in result.stdout.partition("Note:")[2]
    answer = knowledge.query("team")
    assert answer.notes == []
    assert [each.node.value for each in touched(knowledge.graph, answer.result, named=True)] == [
        ID + "discrepancy-fmu-name"
    ]


@pytest.mark.slow
def test_show_puts_the_note_below_the_fact() -> None:
    lines = ask("show", "UNODC").stdout.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("  established: 1997"))
    assert lines[at + 1].startswith("    " + YEAR)
    assert "Note:" not in ask("show", "UNODC", "--view", "article").stdout
    facts = json.loads(ask("show", "UNODC", "--format", "json").stdout)["facts"]
    noted = [fact["property"]["label"] for fact in facts if "notes" in fact]
    assert noted == ["established"]


@pytest.mark.slow
def test_show_notes_statements_about_the_thing() -> None:
    lines = ask("show", "cybercrime-ahc").stdout.splitlines()
    plan = next(number for number, line in enumerate(lines) if "six or more sessions of ten days" in line)
    assert lines[plan + 1].startswith("    Note: When the sessions of the Ad Hoc Committee began")


@pytest.mark.slow
def test_cite_keeps_its_column_and_the_note() -> None:
    result = ask("query", "established", "--cite")
    assert "sentences" in result.stdout.splitlines()[0]
    assert YEAR in result.stdout


@pytest.mark.slow
def test_discrepancies_are_listed_with_both_sides() -> None:
    result = ask("discrepancies", "--about", "UNODC", "--format", "md")
    (row,) = result.stdout.splitlines()[2:]
    for words in ("1977", "1997", "error", "high confidence", "s:1.1.1", "slip of one digit", "20 years"):
        assert words in row
    assert result.stderr == ""


@pytest.mark.slow
def test_discrepancies_of_one_kind() -> None:
    lines = [
        json.loads(line)
        for line in ask("discrepancies", "--kind", "imprecise", "-f", "jsonl").stdout.splitlines()
    ]
    assert {line["mode"].rpartition("#")[2] for line in lines} == {"Imprecise"}
    every = ask("discrepancies", "-f", "jsonl").stdout.splitlines()
    assert 0 < len(lines) < len(every)


@pytest.mark.slow
def test_discrepancies_as_turtle(tmp_path: Path) -> None:
    file = tmp_path / "found.ttl"
    ask("discrepancies", "--about", "UNODC", "-o", str(file))
    answer = unpact.open(file, only_data=True).sparql("SELECT ?d { ?d a unp:Discrepancy }")
    assert [row.d for row in answer] == [ID + "discrepancy-unodc-established"]


def test_the_view_article_has_no_discrepancies() -> None:
    result = ask("discrepancies", "--view", "article")
    assert result.stdout == ""
    assert result.stderr == "no rows\n"
