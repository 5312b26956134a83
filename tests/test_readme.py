"""The README is tested: each command it shows is run, and what it prints must be what the README shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from unpact.cli.main import command_line

README = Path(__file__).parents[1] / "README.md"
SHOWN = re.compile(
    r"^```console\n\$ unpact (?P<words>[^\n]*)\n(?P<output>.*?)^```$", re.MULTILINE | re.DOTALL
)
EXAMPLES = [(found["words"], found["output"]) for found in SHOWN.finditer(README.read_text(encoding="utf-8"))]


def test_the_readme_shows_answers() -> None:
    assert len(EXAMPLES) >= 5


@pytest.mark.parametrize(("words", "output"), EXAMPLES, ids=[words for words, _ in EXAMPLES])
def test_a_command_prints_what_the_readme_shows(words: str, output: str) -> None:
    result = CliRunner().invoke(command_line, shlex.split(words))
    assert result.exit_code == 0, result.stderr
    assert result.stdout == output


def test_the_python_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    text = README.read_text(encoding="utf-8")
    code = re.search(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert code is not None
    exec(compile(code[1], "README.md", "exec"), {})  # noqa: S102 - the README's own example is what is tested
    assert "2022-11" in capsys.readouterr().out
