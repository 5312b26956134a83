"""The commands that describe the whole: unpact alone, queries, info, coverage, validate, completion."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from unpact import __version__
from unpact.cli.main import command_line
from unpact.cli.opening import open_catalogue
from unpact.corpus import bundled

if TYPE_CHECKING:
    from pathlib import Path


def unpact(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(command_line, list(arguments), input=stdin)


def commands_to_try() -> list[list[str]]:
    lines = [line.strip() for line in unpact().stdout.splitlines() if line.startswith("  unpact ")]
    return [line.partition("  ")[0].split()[1:] for line in lines]


@pytest.mark.slow
def test_alone_it_says_what_there_is_and_what_to_try() -> None:
    result = unpact()
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(f"unpact {__version__}: ")
    assert len(commands_to_try()) == 3
    assert f"{len(open_catalogue())} stored queries" in result.stdout


@pytest.mark.slow
def test_the_commands_to_try_work() -> None:
    for command in commands_to_try():
        result = unpact(*command, *(["--fail-empty"] if command[0] == "query" else []))
        assert result.exit_code == 0, result.output
        assert result.stdout


def test_queries_lists_every_query_under_its_topic() -> None:
    page = unpact("queries").stdout
    for query in open_catalogue():
        assert f"  {query.name} " in page
        assert f"\n{query.topic}\n" in f"\n{page}"


@pytest.mark.slow
def test_queries_as_json_says_what_the_headers_say() -> None:
    found = {entry["name"]: entry for entry in json.loads(unpact("queries", "--format", "json").stdout)}
    catalogue = {query.name: query for query in open_catalogue()}
    assert set(found) == set(catalogue)
    entry, query = found["party-status"], catalogue["party-status"]
    assert entry["description"] == query.description
    assert [each["name"] for each in entry["parameters"]] == [each.name for each in query.parameters]
    assert list(entry["columns"]) == list(query.columns)


@pytest.mark.slow
def test_queries_searches() -> None:
    assert "party-status" in unpact("queries", "party").stdout
    nothing = unpact("queries", "zzzz")
    assert (nothing.exit_code, nothing.stdout, nothing.stderr) == (0, "", "no rows\n")
    assert unpact("queries", "zzzz", "--fail-empty").exit_code == 1


@pytest.mark.slow
def test_queries_check_finds_nothing_wrong() -> None:
    result = unpact("queries", "check")
    assert (result.exit_code, result.stdout) == (
        0,
        f"{len(open_catalogue())} stored queries, nothing wrong\n",
    )


@pytest.mark.slow
def test_info_as_json() -> None:
    found = json.loads(unpact("info", "--format", "json").stdout)
    assert found["versions"]["unpact"] == __version__
    assert found["places"]["files"] == str(bundled().root)
    assert found["counts"]["triples"] == sum(found["graphs"].values())
    assert found["counts"]["stored queries"] == len(open_catalogue())
    graphs = {file.graph_iri for file in (*bundled().ontology_files(), *bundled().data_files())}
    assert graphs <= set(found["graphs"])


def test_info_page_names_every_graph() -> None:
    page = unpact("info").stdout
    assert page.startswith("Versions\n")
    assert all(file.graph_iri in page for file in bundled().data_files())


def test_coverage_is_complete() -> None:
    result = unpact("coverage")
    assert result.exit_code == 0, result.stdout
    assert result.stdout.endswith(": complete\n")
    found = json.loads(unpact("coverage", "--format", "json").stdout)
    assert found["complete"]
    assert len(found["sentences"]) == 145
    assert all(entry["facts"] or entry["reason"] for entry in found["sentences"])


@pytest.mark.slow
def test_bundled_data_is_valid() -> None:
    result = unpact("validate", "--format", "json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["conforms"]) == (0, True), found["findings"][:3]


@pytest.mark.slow
def test_validate_names_file_line_and_check_of_a_mistake(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.ttl"
    wrong.write_text(
        "@prefix unp: <https://w3id.org/unpact/ontology#> .\n"
        "@prefix id: <https://w3id.org/unpact/id/> .\n\n"
        "id:nobody-accession a unp:Accession ; unp:treaty id:uncac .\n",
        encoding="utf-8",
    )
    result = unpact("validate", str(wrong), "--alone")
    assert result.exit_code == 1
    assert f"{wrong}:4:1: violation must/" in result.stdout


@pytest.mark.slow
def test_validate_reports_malformed_turtle(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.ttl"
    wrong.write_text("<urn:a> <urn:b> ;;\n", encoding="utf-8")
    result = unpact("validate", str(wrong))
    assert result.exit_code == 2
    assert f"{wrong}:1" in result.output


def test_validate_of_a_path_that_is_not_there() -> None:
    result = unpact("validate", "no/such/file.ttl")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no/such/file.ttl: no such file or directory" in result.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script_is_one_the_shell_accepts(shell: str, tmp_path: Path) -> None:
    script = tmp_path / "completion"
    result = unpact("completion", shell, "-o", str(script))
    assert result.exit_code == 0, result.output
    assert "_UNPACT_COMPLETE" in script.read_text()
    if program := shutil.which(shell):
        subprocess.run([program, "-n", str(script)], check=True, capture_output=True, timeout=60)


def test_completion_of_an_unknown_shell() -> None:
    assert unpact("completion", "tcsh").exit_code == 2
