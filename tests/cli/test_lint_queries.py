"""unpact lint-queries: paths, formats and exit codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from unpact.cli.main import command_line

if TYPE_CHECKING:
    from pathlib import Path

CLEAN = "SELECT ?s { ?s a unp:State } ORDER BY ?s\n"
WRONG = "SELECT ?s {\n  ?s a unp:Staat\n}\n"
WARNED = "SELECT ?s ?t { ?s a unp:State . ?t a unp:Treaty }\n"


def unpact(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(command_line, ["lint-queries", *arguments], input=stdin)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "clean.rq": CLEAN,
        "deep/wrong.rq": WRONG,
        "warned.sparql": WARNED,
        "note.txt": "?",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.slow
def test_the_bundled_queries_are_read_without_a_path() -> None:
    result = unpact("-f", "json")
    assert result.exit_code == 0, result.stdout
    assert json.loads(result.stdout)["summary"]["files"] > 45


@pytest.mark.slow
def test_a_violation_ends_with_code_one(folder: Path) -> None:
    file = folder / "deep" / "wrong.rq"
    result = unpact(str(file))
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{file.as_posix()}:2:8: violation query/unknown-term: unp:Staat")


@pytest.mark.slow
def test_a_warning_ends_with_code_one_only_when_strict(folder: Path) -> None:
    file = str(folder / "warned.sparql")
    assert unpact(file).exit_code == 0
    assert unpact(file, "--strict").exit_code == 1
    assert unpact(str(folder / "clean.rq"), "--strict").exit_code == 0


@pytest.mark.slow
def test_a_note_never_fails() -> None:
    result = unpact("-", "--strict", stdin="SELECT ?s { ?s unp:actor ?o }")
    assert (result.exit_code, "unused-variable" in result.stdout) == (0, True)


@pytest.mark.slow
def test_folders_and_patterns(folder: Path) -> None:
    assert json.loads(unpact(str(folder), "-f", "json").stdout)["summary"]["files"] == 3
    assert json.loads(unpact(str(folder / "*.rq"), "-f", "json").stdout)["summary"]["files"] == 1
    twice = unpact(str(folder), str(folder / "clean.rq"), "-f", "json")
    assert json.loads(twice.stdout)["summary"]["files"] == 3


@pytest.mark.slow
def test_standard_input() -> None:
    result = unpact("-", "-f", "jsonl", stdin=WRONG)
    finding = json.loads(result.stdout)
    assert (finding["check"], finding["place"]["file"], finding["place"]["column"]) == (
        "query/unknown-term",
        "-",
        8,
    )


@pytest.mark.slow
def test_own_terms_count_as_known_with_data(tmp_path: Path) -> None:
    data = tmp_path / "mine.ttl"
    data.write_text(
        "@prefix unp: <https://w3id.org/unpact/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> ."
        " unp:Staat a owl:Class .",
        encoding="utf-8",
    )
    assert unpact("-", stdin=WRONG).exit_code == 1
    assert unpact("-", "--data", str(data), stdin=WRONG).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "stdin", "words"),
    [
        (["nowhere.rq"], None, "no such file"),
        (["nowhere/*.rq"], None, "no file fits"),
        (["-", "-"], "ASK {}", "only once"),
        (["-"], b"\xff", "not UTF-8 (byte 0)"),
        ([""], None, "an empty path"),
    ],
)
def test_what_cannot_be_read_ends_with_code_two(
    arguments: list[str], stdin: str | bytes | None, words: str
) -> None:
    result = unpact(*arguments, stdin=stdin)
    assert result.exit_code == 2
    assert words in result.output


def test_a_folder_without_queries_ends_with_code_two(tmp_path: Path) -> None:
    result = unpact(str(tmp_path))
    assert (result.exit_code, "holds no queries" in result.output) == (2, True)


@pytest.mark.slow
def test_sarif_names_the_checks_and_the_region(folder: Path) -> None:
    result = unpact(str(folder), "-f", "sarif")
    (run,) = json.loads(result.stdout)["runs"]
    assert {"query/unknown-term", "query/not-exists-join"} <= {
        rule["id"] for rule in run["tool"]["driver"]["rules"]
    }
    regions = [each["locations"][0]["physicalLocation"]["region"] for each in run["results"]]
    assert {"startLine": 2, "startColumn": 8, "endLine": 2, "endColumn": 17}.items() <= regions[0].items()
