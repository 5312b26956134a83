"""unpact sparql: where the query comes from, what may be asked, and in which form the answer comes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results

from unpact.cli.main import command_line

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., Result]

FACTS = """
@prefix unp: <https://w3id.org/unpact/ontology#> .
@prefix id: <https://w3id.org/unpact/id/> .
@prefix s: <https://w3id.org/unpact/source/lasting-partnership/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
id:utopia a unp:State ; rdfs:label "Utopia, \\"the\\" island"@en ; unp:statedIn s:1.1.1 .
id:erewhon a unp:State ; rdfs:label "Erewhon"@en ; unp:statedIn s:1.1.2 .
"""
STATES = "SELECT ?state WHERE { ?state a unp:State } ORDER BY ?state"


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("facts") / "states.ttl"
    path.write_text(FACTS, encoding="utf-8")
    return path


@pytest.fixture
def run(facts: Path) -> Run:
    def unpact(*arguments: str, stdin: str | None = None) -> Result:
        everything = ["sparql", *arguments, "--data", str(facts), "--only-data"]
        return CliRunner().invoke(command_line, everything, input=stdin)

    return unpact


def test_prefixes_are_known_and_tables_show_labels(run: Run) -> None:
    result = run(STATES)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "state",
        "-" * len('Utopia, "the" island'),
        "Erewhon",
        'Utopia, "the" island',
    ]


def test_csv_has_iris_and_is_rfc_4180(run: Run) -> None:
    result = run(
        "SELECT ?state ?name WHERE { ?state a unp:State ; rdfs:label ?name } ORDER BY ?state", "-f", "csv"
    )
    assert list(csv.reader(io.StringIO(result.stdout, newline=""))) == [
        ["state", "name"],
        ["https://w3id.org/unpact/id/erewhon", "Erewhon"],
        ["https://w3id.org/unpact/id/utopia", 'Utopia, "the" island'],
    ]


@pytest.mark.slow
def test_query_from_a_file_and_from_standard_input_give_the_same(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "states.rq"
    file.write_text(STATES, encoding="utf-8")
    expected = run(STATES, "-f", "json").stdout
    assert run(str(file), "-f", "json").stdout == expected
    assert run("-", "-f", "json", stdin=STATES).stdout == expected
    assert run("-f", "json", stdin=STATES).stdout == expected


def test_json_is_sparql_results_json(run: Run) -> None:
    assert states_in(run(STATES, "-f", "json").stdout) == [
        "<https://w3id.org/unpact/id/erewhon>",
        "<https://w3id.org/unpact/id/utopia>",
    ]


def states_in(text: str) -> list[str]:
    return [str(row["state"]) for row in parse_query_results(text.encode(), format=QueryResultsFormat.JSON)]


def test_ask(run: Run) -> None:
    assert run("ASK { id:utopia a unp:State }").stdout == "yes\n"
    assert run("ASK { id:utopia a unp:Treaty }").stdout == "no\n"
    assert json.loads(run("ASK { id:utopia a unp:State }", "-f", "json").stdout)["boolean"] is True
    assert run("ASK { id:utopia a unp:Treaty }", "--fail-empty").exit_code == 1


@pytest.mark.parametrize(
    "query", ["CONSTRUCT { ?s a unp:State } WHERE { ?s a unp:State }", "DESCRIBE id:utopia"]
)
def test_triples_are_turtle_on_demand_and_rows_otherwise(run: Run, query: str) -> None:
    text = run(query, "-f", "ttl").stdout
    assert list(parse(text, format=RdfFormat.TURTLE))
    assert run(query).stdout == text
    assert run(query, "-f", "csv").stdout.startswith("subject,predicate,object\n")


def test_turtle_of_rows_is_refused(run: Run) -> None:
    result = run(STATES, "-f", "ttl")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "only CONSTRUCT and DESCRIBE" in result.stderr


@pytest.mark.slow
def test_cite_adds_the_sentences(run: Run) -> None:
    rows = [json.loads(line) for line in run(STATES, "--cite", "-f", "jsonl").stdout.splitlines()]
    assert [[each.rpartition("/")[2] for each in row["sentences"]] for row in rows] == [["1.1.2"], ["1.1.1"]]
    assert run(STATES, "--cite").stdout.splitlines()[2].split() == ["Erewhon", "s:1.1.2"]


def test_syntax_error_names_line_and_column(run: Run, tmp_path: Path) -> None:
    result = run("SELECT ?s WHERE {\n  ?s ?p }")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "line 2" in result.stderr
    file = tmp_path / "wrong.rq"
    file.write_text("SELECT ?s WHERE {\n  ?s ?p }", encoding="utf-8")
    assert f"{file}:2:" in run(str(file)).stderr


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://localhost:1/sparql> { ?s ?p ?o } }",
        "SELECT * FROM <http://localhost:1/data.ttl> { ?s ?p ?o }",
        "LOAD <http://localhost:1/data.ttl>",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    ],
)
def test_what_reaches_out_or_changes_things_is_refused(run: Run, query: str) -> None:
    result = run(query)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("unpact: ")
    assert result.stderr.count("\n") == 1


def test_missing_query_file_is_not_taken_for_a_query(run: Run) -> None:
    result = run("missing.rq")
    assert result.exit_code == 2
    assert "missing.rq: cannot read the query: no such file or directory" in result.stderr


def test_empty_query_is_one_sentence(run: Run) -> None:
    result = run("  ")
    assert (result.exit_code, result.stderr) == (2, "unpact: the query is empty\n")


def test_query_and_data_cannot_share_standard_input() -> None:
    result = CliRunner().invoke(command_line, ["sparql", "-", "--data", "-"], input=STATES)
    assert result.exit_code == 2
    assert "standard input" in result.stderr


def test_malformed_turtle_names_file_line_and_column(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.ttl"
    wrong.write_text("<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> ;;\n", encoding="utf-8")
    result = CliRunner().invoke(command_line, ["sparql", STATES, "--data", str(wrong)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{wrong}:2:" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.slow
def test_ill_typed_literal_is_reported(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.ttl"
    wrong.write_text(
        '<urn:a> <urn:b> "2020-13-45"^^<http://www.w3.org/2001/XMLSchema#date> .\n', encoding="utf-8"
    )
    result = CliRunner().invoke(command_line, ["sparql", STATES, "--data", str(wrong)])
    assert result.exit_code == 2
    assert "2020-13-45" in result.stderr


def test_only_data_needs_data() -> None:
    result = CliRunner().invoke(command_line, ["sparql", STATES, "--only-data"])
    assert result.exit_code == 2
    assert "--data" in result.stderr


def test_output_goes_to_the_file_in_the_format_of_its_ending(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "states.csv"
    result = run(STATES, "-o", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    assert target.read_bytes().startswith(b"state\r\nhttps://")


def test_empty_answer(run: Run) -> None:
    nothing = "SELECT ?s WHERE { ?s a unp:NoSuchClass }"
    result = run(nothing)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no rows\n")
    assert run(nothing, "--fail-empty").exit_code == 1
    assert run(nothing, "-f", "csv").stdout == "s\n"


def test_an_answer_that_is_cut_off_says_so(run: Run) -> None:
    cut = run(STATES, "--format", "csv", "--max-rows", "1")
    assert cut.exit_code == 0
    assert cut.stdout.split() == ["state", "https://w3id.org/unpact/id/erewhon"]
    assert cut.stderr == "unpact: only the first 1 rows are shown; --max-rows N shows more\n"
    whole = run(STATES, "--format", "csv", "--max-rows", "2")
    assert len(whole.stdout.split()) == 3
    assert whole.stderr == ""
