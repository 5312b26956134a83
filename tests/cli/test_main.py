"""The frame around the commands: help, start-up, suggestions, exit codes and where failures are reported."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from unpact import __version__
from unpact.cli.main import COMMANDS, command_line, module_of

UNPACT = [sys.executable, "-c", "from unpact.cli.main import main; main()"]
HEAVY = {"rdflib", "pyshacl", "owlrl", "rich", "yaml"}
# Runs the command line and then prints, as JSON on standard error, which of some modules were imported.
LOADED = """
import json, sys
from unpact.cli.main import command_line
try:
    command_line(sys.argv[1:], prog_name="unpact")
finally:
    print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
"""


def modules_loaded_by(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments], capture_output=True, text=True, check=True, timeout=60
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


def test_help_lists_every_command_and_imports_nothing_heavy() -> None:
    loaded = modules_loaded_by("--help")
    assert not loaded & (HEAVY | {"pyoxigraph"})
    result = CliRunner().invoke(command_line, ["--help"])
    assert result.exit_code == 0
    assert all(f"  {name} " in result.output for name in COMMANDS)


@pytest.mark.slow
def test_warm_stored_query_imports_neither_rdflib_nor_pyshacl_nor_yaml() -> None:
    arguments = ("query", "party-status", "--state", "Pakistan", "--format", "csv")
    modules_loaded_by(*arguments)
    assert not modules_loaded_by(*arguments) & HEAVY


@pytest.mark.slow
def test_export_of_triples_imports_no_more_than_it_needs() -> None:
    assert not modules_loaded_by("export", "-f", "nt", "--graph", "data/record/laws.ttl") & HEAVY


@pytest.mark.slow
@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help_with_an_example(name: str) -> None:
    command = import_module(module_of(name)).command
    assert isinstance(command, click.Command)
    assert command.name == name
    result = CliRunner().invoke(command_line, [name, "--help"])
    assert result.exit_code == 0, result.output
    assert f"unpact {name}" in result.output.partition("\n")[2]
    assert "xample" in result.output


def test_version() -> None:
    result = CliRunner().invoke(command_line, ["--version"])
    assert (result.exit_code, result.output) == (0, f"unpact {__version__}\n")


def test_unknown_command_suggests_the_nearest() -> None:
    result = CliRunner().invoke(command_line, ["shwo"])
    assert result.exit_code == 2
    assert "No such command 'shwo'. Did you mean show?" in result.output


@pytest.mark.slow
def test_errors_are_one_line_without_control_characters() -> None:
    result = CliRunner().invoke(command_line, ["show", "no\nsuch \x1b[31mthing"])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "\x1b" not in result.stderr


def test_unknown_option_is_a_usage_error() -> None:
    result = CliRunner().invoke(command_line, ["find", "UNODC", "--nonsense"])
    assert result.exit_code == 2
    assert "--nonsense" in result.output


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", [["completion", "bash"], ["--help"], ["sparql", "ASK {}"]])
def test_full_disk_behind_standard_output_is_one_sentence(arguments: list[str], unbuffered: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*UNPACT, *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        )
    assert done.returncode == 2
    assert done.stderr == "unpact: cannot write the output: no space left on device\n"


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="pipes close differently on Windows")
def test_reader_that_leaves_early_is_no_error() -> None:
    text = "SELECT ?s ?p ?o { ?s ?p ?o }"
    writer = subprocess.Popen(
        [*UNPACT, "sparql", text, "--format", "tsv"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert writer.stdout is not None
    assert writer.stderr is not None
    writer.stdout.readline()
    writer.stdout.close()
    assert (writer.stderr.read(), writer.wait(timeout=60)) == (b"", 0)
    writer.stderr.close()


@pytest.mark.slow
def test_piped_output_is_utf8_in_any_locale(tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text('<urn:a> <urn:label> "中文 é" .', encoding="utf-8")
    done = subprocess.run(
        [*UNPACT, "sparql", "SELECT ?o { <urn:a> <urn:label> ?o }", "--data", str(mine), "-f", "csv"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=True,
        timeout=60,
    )
    assert done.stdout.decode("utf-8") == "o\r\n中文 é\r\n"
