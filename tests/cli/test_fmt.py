"""unpact fmt: which files it takes, what it writes and how it ends."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from unpact.cli.main import command_line

if TYPE_CHECKING:
    from pathlib import Path

UNTIDY = "@prefix x:   <http://x/> .\nx:a   x:p 1;x:q 2. # note\n"
TIDY = "@prefix x: <http://x/> .\nx:a x:p 1 ;\n    x:q 2 . # note\n"
WRONG = "@prefix x: <http://x/> .\nx:a x:p .\n"

posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX permissions")


def run(*arguments: object, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(command_line, ["fmt", *map(str, arguments)], input=given)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "untidy.ttl").write_bytes(UNTIDY.encode())
    (tmp_path / "tidy.ttl").write_bytes(TIDY.encode())
    (tmp_path / "lines.nt").write_bytes(b"<http://x/a>   <http://x/p>   <http://x/b>   .\n")
    (tmp_path / "graphs.trig").write_bytes(b"{ <http://x/a> <http://x/p> 1 }")
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_files_of_a_folder_are_given_their_layout(folder: Path) -> None:
    lines = (folder / "lines.nt").read_bytes()
    result = run(folder)
    assert result.exit_code == 0
    assert result.stdout == f"changed {folder}/graphs.trig\nchanged {folder}/untidy.ttl\n"
    assert result.stderr == "2 files changed, 1 left as it is\n"
    assert contents(folder) == {
        "untidy.ttl": TIDY.encode(),
        "tidy.ttl": TIDY.encode(),
        "lines.nt": lines,
        "graphs.trig": b"{\n    <http://x/a> <http://x/p> 1 .\n}\n",
    }
    again = run(folder)
    assert (again.exit_code, again.stdout) == (0, "")
    assert again.stderr == "0 files changed, 3 left as they are\n"


def test_a_file_that_needs_nothing_is_not_written(folder: Path) -> None:
    os.utime(folder / "tidy.ttl", (1, 1))
    assert run(folder / "tidy.ttl").exit_code == 0
    assert (folder / "tidy.ttl").stat().st_mtime == 1


def test_check_lists_what_would_change_and_writes_nothing(folder: Path) -> None:
    before = contents(folder)
    result = run("--check", folder / "untidy.ttl", folder / "tidy.ttl")
    assert result.exit_code == 1
    assert result.stdout == f"would change {folder}/untidy.ttl\n"
    assert result.stderr == "1 file would be changed, 1 would be left as it is\n"
    assert contents(folder) == before
    assert run("--check", folder / "tidy.ttl").exit_code == 0


def test_diff_shows_what_would_change_and_writes_nothing(folder: Path) -> None:
    (folder / "untidy.ttl").write_bytes(UNTIDY.replace("\n", "\r\n").encode())
    before = contents(folder)
    result = run("--diff", folder / "untidy.ttl")
    assert result.exit_code == 0
    assert f"--- {folder}/untidy.ttl (before)\n+++ {folder}/untidy.ttl (after)\n" in result.stdout
    assert "-x:a   x:p 1;x:q 2. # note\\r\n+@prefix" in result.stdout
    assert contents(folder) == before
    assert run("--diff", "--check", folder / "untidy.ttl").exit_code == 1
    assert run("--diff", folder / "tidy.ttl").stdout == ""


def test_standard_input_goes_to_standard_output() -> None:
    result = run("-", given=UNTIDY)
    assert (result.exit_code, result.stdout, result.stderr) == (0, TIDY, "")
    assert run("-", given=TIDY).stdout == TIDY
    checked = run("--check", "-", given=UNTIDY)
    assert (checked.exit_code, checked.stdout) == (1, "would change -\n")
    assert run("--check", "-", given=TIDY).exit_code == 0


def test_a_file_that_does_not_parse_is_left_and_the_others_are_done(folder: Path) -> None:
    (folder / "bad.ttl").write_bytes(WRONG.encode())
    (folder / "latin.ttl").write_bytes("# a\n# é\n".encode("latin-1"))
    result = run(folder)
    assert result.exit_code == 2
    complaints = result.stderr.splitlines()
    assert complaints[0].startswith(f"unpact: {folder}/bad.ttl:2:9: ")
    assert complaints[1].startswith(f"unpact: {folder}/latin.ttl:2: this is not UTF-8")
    assert (folder / "bad.ttl").read_bytes() == WRONG.encode()
    assert (folder / "untidy.ttl").read_bytes() == TIDY.encode()
    assert run("--check", folder).exit_code == 2
    assert run("-", given=WRONG).exit_code == 2


def test_other_syntaxes_are_refused_by_name_and_nothing_is_written(folder: Path) -> None:
    before = contents(folder)
    for suffix in (".nt", ".nq", ".rdf", ".jsonld", ".ttl.gz"):
        (folder / f"other{suffix}").touch()
        result = run(folder / "untidy.ttl", folder / f"other{suffix}")
        assert result.exit_code == 2
        assert "only Turtle and TriG have a layout" in result.stderr
        (folder / f"other{suffix}").unlink()
    assert contents(folder) == before
    result = run(f"{folder}/*.nt")
    assert result.exit_code == 2
    assert "and there is none" in result.stderr


def test_paths_that_are_not_there_are_refused(tmp_path: Path) -> None:
    assert run().exit_code == 2
    assert run(tmp_path / "no.ttl").exit_code == 2
    assert run(f"{tmp_path}/*.ttl").exit_code == 2


def test_patterns_are_understood(folder: Path) -> None:
    assert run("--check", f"{folder}/un*.ttl").exit_code == 1


@posix
def test_permissions_and_links_stay(folder: Path) -> None:
    (folder / "untidy.ttl").chmod(0o640)
    (folder / "link.ttl").symlink_to(folder / "untidy.ttl")
    assert run(folder / "link.ttl").exit_code == 0
    assert (folder / "link.ttl").is_symlink()
    assert stat.S_IMODE((folder / "untidy.ttl").stat().st_mode) == 0o640
    assert (folder / "untidy.ttl").read_bytes() == TIDY.encode()
