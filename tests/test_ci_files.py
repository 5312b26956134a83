"""What other repositories use from this one in their CI: the action's script and the hooks really run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from unpact.cli.main import COMMANDS, command_line

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / ".github/actions/validate/action.yml").read_text(encoding="utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
WRONG = """@prefix unp: <https://w3id.org/unpact/ontology#> .
@prefix id: <https://w3id.org/unpact/id/> .
id:act a unp:Accession .
"""


def run_action(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the script of the step that validates, with the inputs as the action hands them over."""
    (step,) = [step for step in ACTION["runs"]["steps"] if step.get("name") == "Validate"]
    defaults = {name: entry["default"] for name, entry in ACTION["inputs"].items()}
    given = {**defaults, **{name.replace("_", "-"): value for name, value in inputs.items()}}
    environment = {
        name: given[expression.removeprefix("${{ inputs.").removesuffix(" }}")]
        for name, expression in step["env"].items()
    }
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder,
        env={**os.environ, **environment, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_action_annotates_the_lines_and_writes_sarif(tmp_path: Path) -> None:
    (tmp_path / "facts with blanks").mkdir()
    (tmp_path / "facts with blanks" / "wrong.ttl").write_text(WRONG, encoding="utf-8")
    done = run_action(tmp_path, paths="facts with blanks/\n")
    assert done.returncode == 1
    annotation = "::error file=facts with blanks/wrong.ttl,line=3,col=1,endLine=3,endColumn=7,title=must/"
    assert annotation in done.stdout
    results = json.loads((tmp_path / "unpact.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert {result["level"] for result in results} == {"error"}


@pytest.mark.slow
def test_the_action_passes_where_nothing_is_wrong(tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "<urn:s> a sh:NodeShape ; sh:targetSubjectsOf <urn:p> ; sh:nodeKind sh:IRI .\n",
        encoding="utf-8",
    )
    (tmp_path / "fine.ttl").write_text("<urn:a> <urn:p> 1 .\n", encoding="utf-8")
    done = run_action(tmp_path, paths="fine.ttl", shapes="shapes.ttl", alone="true", sarif_file="out.sarif")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out.sarif").is_file()


def test_no_input_becomes_part_of_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("hook", HOOKS, ids=[hook["id"] for hook in HOOKS])
def test_a_hook_runs_a_command_on_files(hook: dict[str, str]) -> None:
    program, command = hook["entry"].split()
    assert program == "unpact"
    assert command in COMMANDS
    done = CliRunner().invoke(command_line, [command, "no/such/file.ttl"])
    assert done.exit_code == 2
    assert "no/such/file.ttl" in done.stderr
