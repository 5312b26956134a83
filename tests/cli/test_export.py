"""unpact export: what is written where, and what is said when it cannot be."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, parse

from unpact.cli.main import command_line

if TYPE_CHECKING:
    from pathlib import Path

LAWS = ("--graph", "data/record/laws.ttl")


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(command_line, ["export", *arguments], input=stdin)


@pytest.mark.slow
def test_turtle_goes_to_standard_output() -> None:
    result = run(*LAWS)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("@prefix unp: <https://w3id.org/unpact/ontology#> .\n")
    assert len(list(parse(input=result.stdout.encode(), format=RdfFormat.TURTLE))) > 20


@pytest.mark.slow
def test_the_ending_of_the_file_tells_the_format(tmp_path: Path) -> None:
    result = run(*LAWS, "-o", str(tmp_path / "laws.nq.gz"))
    assert (result.exit_code, result.output) == (0, "")
    lines = gzip.decompress((tmp_path / "laws.nq.gz").read_bytes()).decode().splitlines()
    assert all(line.endswith(" <https://w3id.org/unpact/graph/data/record/laws> .") for line in lines)
    assert run(*LAWS, "-f", "nq").stdout.splitlines() == lines


@pytest.mark.slow
def test_a_release_is_one_command(tmp_path: Path) -> None:
    folder = tmp_path / "release"
    result = run(
        *LAWS, "-f", "ttl", "-f", "void", "-f", "csv", "-o", str(folder), "--url", "https://example.org/1/"
    )
    assert (result.exit_code, result.output) == (0, "")
    assert {path.name for path in folder.iterdir()} == {"SHA256SUMS", "csv", "unpact.ttl", "void.ttl"}
    assert "<https://example.org/1/unpact.ttl>" in (folder / "void.ttl").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_picture_of_what_is_around_a_thing() -> None:
    result = run("-f", "mermaid", "--about", "country-programme-2")
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    assert '["UNODC Country Programme-II<br/>(country programme)"]' in result.stdout
    nearer = run("-f", "mermaid", "--about", "country-programme-2", "--depth", "0")
    assert len(nearer.stdout.splitlines()) == 2


@pytest.mark.slow
def test_a_picture_too_large_for_mermaid_is_said() -> None:
    result = run("-f", "mermaid")
    assert result.exit_code == 0
    assert "Mermaid draws 500" in result.stderr
    assert "--about" in result.stderr


@pytest.mark.slow
def test_names_are_in_the_language_that_is_asked_for() -> None:
    assert "Pakistán" in run("-f", "dot", "--about", "PK", "--depth", "0", "--lang", "es").stdout


@pytest.mark.slow
def test_data_of_the_users_own() -> None:
    text = "<https://w3id.org/unpact/id/x> a <https://w3id.org/unpact/ontology#State> ."
    result = run("-f", "nt", "--data", "-", "--only-data", "--what", "data", stdin=text)
    assert result.stdout == (
        "<https://w3id.org/unpact/id/x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<https://w3id.org/unpact/ontology#State> .\n"
    )


@pytest.mark.slow
def test_files_made_earlier_are_described(tmp_path: Path) -> None:
    path = tmp_path / "unpact.nt.gz"
    assert run(*LAWS, "-o", str(path)).exit_code == 0
    result = run(
        *LAWS, "-f", "void", "--describe", str(path), "--sparql-endpoint", "https://example.org/sparql"
    )
    assert f"dcat:byteSize {path.stat().st_size}" in result.stdout.replace('"', "").replace(
        "^^xsd:nonNegativeInteger", ""
    )
    assert "dcat:compressFormat" in result.stdout
    assert "void:sparqlEndpoint <https://example.org/sparql>" in result.stdout


def test_the_context_is_json() -> None:
    assert json.loads(run("-f", "context").stdout)["@context"]["unp"] == "https://w3id.org/unpact/ontology#"


def test_nothing_to_export_ends_with_1_and_leaves_no_file(tmp_path: Path) -> None:
    result = run("--what", "article", "--graph", "data/record/laws.ttl", "-o", str(tmp_path / "x.ttl"))
    assert (result.exit_code, result.stderr) == (1, "nothing to export\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("-f", "csv"), "cannot go to standard output. Name a folder with -o FOLDER."),
        (("-f", "ttl", "-f", "nt"), "several formats cannot go to standard output"),
        (("-f", "word"), "'word' is not one of"),
        (("--depth", "2"), "--depth says how far to go from --about THING."),
        (("--describe", "x.ttl"), "add -f void"),
        (
            ("-f", "void", "--describe", "missing.ttl"),
            "missing.ttl: cannot be read (no such file or directory)",
        ),
        (("-f", "void", "--issued", "soon"), "'soon' is no day. Write it as in 2026-11-28."),
        (("-f", "queries", "--sparql-endpoint", "here"), "'here' is no IRI"),
        (("--what", "facts"), "there is no part 'facts'. Choose among ontology, data,"),
        (
            ("--graph", "data/record/law"),
            "no graph is called 'data/record/law'. Did you mean data/record/laws",
        ),
        (("--about", "Atlantis"), "Atlantis"),
        (("--class", "Treety"), "nothing is in a class 'Treety'. Did you mean Treaty"),
        (("-o", "nowhere/x.ttl"), "cannot write nowhere/x.ttl: no such file or directory"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_to_type(arguments: tuple[str, ...], problem: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert problem in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_a_folder_with_other_things_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    result = run("-f", "all", "-o", str(tmp_path))
    assert result.exit_code == 2
    assert "holds other things, such as notes.txt" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
