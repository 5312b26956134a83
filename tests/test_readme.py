"""The README is tested: each command it shows is run, and what it prints must be what the README shows.

A block behind a comment with the name of a file becomes that file, beside which the commands run. A
comment says with which code a command ends where that is not 0.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from click.testing import CliRunner

from unpact.cli.main import command_line
from unpact.ontology_checks.catalogue import ontology_checks
from unpact.ontology_checks.profile import read_profile

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE = r"(?:<!-- ends with (?P<code>\d) -->\n)?"
SHOWN = re.compile(
    CODE + r"```console\n\$ unpact (?P<words>[^\n]*)\n(?P<output>.*?)^```$", re.MULTILINE | re.DOTALL
)
FILE = re.compile(
    r"<!-- file: (?P<name>\S+) -->\n```(?:turtle|csv)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
LANGUAGES = {"console", "turtle", "csv", "sh", "python", "yaml", "json"}
# words of the prose that are commands of unpact, up to the end of the code that holds them
INLINE = re.compile(r"`(?:[^`]*&& )?unpact (?P<words>[^`]*)`")

# commands whose first argument is a command, too
GROUPS = ("query", "store", "import")


class Example(NamedTuple):
    """A command that the README shows, what it prints, and the code that it ends with."""

    words: str
    output: str
    code: int


EXAMPLES = [
    Example(found["words"], found["output"], int(found["code"] or 0)) for found in SHOWN.finditer(README)
]
COMMANDS = sorted({found["words"] for found in INLINE.finditer(README)})


@pytest.fixture(autouse=True)
def _beside_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for found in FILE.finditer(README):
        (tmp_path / found["name"]).write_text(found["text"], encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def blocks(language: str) -> list[str]:
    return [found["text"] for found in BLOCK.finditer(README) if found["language"] == language]


def test_the_readme_shows_answers() -> None:
    assert len(EXAMPLES) >= 7
    assert {found["language"] for found in BLOCK.finditer(README)} == LANGUAGES
    assert len(blocks("console")) == len(EXAMPLES)
    assert len(blocks("turtle")) + len(blocks("csv")) == len(FILE.findall(README))


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES, ids=[example.words for example in EXAMPLES])
def test_a_command_prints_what_the_readme_shows(example: Example) -> None:
    result = CliRunner().invoke(command_line, shlex.split(example.words))
    assert result.stdout == example.output
    assert result.exit_code == example.code, result.stderr


@pytest.mark.parametrize("words", COMMANDS)
def test_a_command_in_the_prose_is_one_that_there_is(words: str) -> None:
    """Its options are read as if it were run, and its help is shown instead."""
    arguments = [word for word in shlex.split(words) if word not in ("...", "…")]
    named = arguments[: 2 if arguments[0] in GROUPS else 1]
    parsed = CliRunner().invoke(command_line, [*named, "--help"])
    assert parsed.exit_code == 0, parsed.output
    for option in (word for word in arguments if word.startswith("--")):
        assert option in parsed.stdout, f"unpact {' '.join(named)} has no {option}"


@pytest.mark.slow
def test_the_python_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks("python")
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - the README's own example is what is tested
    assert "2022-11" in capsys.readouterr().out


def test_the_workflows_are_yaml_and_name_what_is_here() -> None:
    github, gitlab, hooks, _ = (yaml.safe_load(text) for text in blocks("yaml"))
    (used,) = [step["uses"] for step in github["jobs"]["validate"]["steps"] if "unpact" in step["uses"]]
    assert (ROOT / used.partition("@")[0].partition("/unpact/")[2] / "action.yml").is_file()
    assert any("unpact validate" in line for line in gitlab["validate"]["script"])
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {hook["id"] for hook in hooks["repos"][0]["hooks"]} == {hook["id"] for hook in offered}


def test_the_profile_is_one(tmp_path: Path) -> None:
    checks = ontology_checks()
    path = tmp_path / "shown.yaml"
    path.write_text(blocks("yaml")[-1], encoding="utf-8")
    rules = read_profile(path, checks).rules
    assert rules["header/doi"].severity is None
    assert rules["naming/has"].exempt


def test_the_configuration_of_an_assistant_names_a_command() -> None:
    (configuration,) = map(json.loads, blocks("json"))
    server = configuration["mcpServers"]["unpact"]
    assert (server["command"], server["args"][0]) == ("unpact", "mcp")
    assert CliRunner().invoke(command_line, [*server["args"], "--help"]).exit_code == 0


def test_the_pictures_are_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert len(pictures) == 2
    assert all((ROOT / each).is_file() for each in pictures)


@pytest.mark.slow
def test_the_set_up_and_the_main_command_work_in_a_copy(tmp_path: Path) -> None:
    main, tests = [text for text in blocks("sh") if "venv" in text]
    assert tests.rstrip().endswith("pytest -q -n auto")
    copy = tmp_path / "copy"
    left_out = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, copy, ignore=left_out)
    done = subprocess.run(["bash", "-ec", main], cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert re.search(r"accession +2022-11 .* s:6\.3\.1", done.stdout), done.stdout
