"""What --fix and --diff show and where, and what is reported after them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from unpact.cli.validate_fix import difference, mend
from unpact.cli.validate_options import Source
from unpact.corpus import CorpusFile, bundled
from unpact.validate.fix import Fix
from unpact.validate.run import validate
from unpact.validate.selection import Selection

if TYPE_CHECKING:
    from unpact.validate.run import Validation

PREFIXES = (
    "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
    "@prefix x: <http://x/> .\n"
)
SHAPES = PREFIXES + (
    "x:S sh:targetSubjectsOf x:p ; sh:property x:P .\n"
    "x:P a sh:PropertyShape ; sh:path x:p ; sh:datatype xsd:gYear .\n"
)
DATA = PREFIXES + 'x:a x:p "2016" . # when\nx:b x:p "no year" .\n'


class Run:
    """A validation of one file by its own shapes."""

    def __init__(self, folder: Path, data: str = DATA) -> None:
        self.shapes = folder / "shapes.ttl"
        self.shapes.write_text(SHAPES, encoding="utf-8")
        self.mine = folder / "mine.ttl"
        self.mine.write_bytes(data.encode())
        self.again = 0

    def validation(self) -> Validation:
        self.again += 1
        return validate(bundled(), [self.mine], shapes=[self.shapes], alone=True)

    def mend(self, *, write: bool, aside: bool = False, found: Validation | None = None) -> Validation:
        first = found or self.validation()
        self.again = 0
        return mend(first, Source(), Selection(), self.validation, write=write, aside=aside)

    @property
    def difference(self) -> str:
        return (
            f"--- {self.mine}\n+++ {self.mine}\n@@ -1,5 +1,5 @@\n"
            + "".join(f" {line}\n" for line in PREFIXES.splitlines())
            + '-x:a x:p "2016" . # when\n+x:a x:p "2016"^^xsd:gYear . # when\n x:b x:p "no year" .\n'
        )


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(tmp_path)


def of_shape(found: Validation) -> list[str]:
    return [str(finding.focus) for finding in found.findings if finding.check == "shapes/P"]


def test_a_difference_is_shown_and_nothing_written(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    left = run.mend(write=False)
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == (run.difference, "unpact: 1 finding would be mended in 1 file\n")
    assert run.mine.read_text(encoding="utf-8") == DATA
    assert of_shape(left) == ["<http://x/a>", "<http://x/b>"]
    assert run.again == 0


@pytest.mark.slow
def test_a_fix_is_shown_and_written(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    left = run.mend(write=True)
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == (run.difference, "unpact: 1 finding mended in 1 file\n")
    assert run.mine.read_text(encoding="utf-8") == DATA.replace('"2016"', '"2016"^^xsd:gYear')
    assert of_shape(left) == ["<http://x/b>"]
    assert run.again == 1
    again = run.mend(write=True)
    assert capsys.readouterr() == ("", "unpact: 0 findings mended in 0 files\n")
    assert (of_shape(again), run.again) == (["<http://x/b>"], 0)


def test_beside_a_report_for_programs_the_difference_goes_to_standard_error(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run.mend(write=False, aside=True)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(run.difference)


def test_the_standard_input_is_left_and_not_read_again(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    text = PREFIXES + 'x:c x:p "2017" .\n'
    given = CorpusFile(Path("-"), "-", "urn:stdin", "user", text.encode())
    other = run.mine.with_name("other.ttl")
    other.write_text(text, encoding="utf-8")
    found = validate(bundled(), [run.mine, other], shapes=[run.shapes], alone=True)
    left = run.mend(write=True, found=found._replace(files=[found.files[0], given]))
    assert "the standard input is left as it is, since only files can be mended" in capsys.readouterr().err
    assert of_shape(left) == ["<http://x/b>", "<http://x/c>"]
    assert run.again == 0


def fix_of(before: str, after: str) -> Fix:
    return Fix(CorpusFile(Path("mine.ttl"), "mine.ttl", "urn:g", "user"), (), before, after, ())


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs patch")
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\r\nb\r\nc\r\n", "a\r\nB\r\nc\r\n"),
        ("a\nb", "a\nB"),
        ("a\nb\n1\n2\n3\n4\n5", "a\nB\n1\n2\n3\n4\n5"),
        ("\ufeffa\x0b\u2028b\n", "\ufeffa\x0b\u2028B\n"),
        ("a\n\n", "B\n\n"),
    ],
)
def test_a_difference_can_be_applied(tmp_path: Path, before: str, after: str) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_bytes(before.encode())
    shown = "".join(difference(fix_of(before, after)))
    subprocess.run(
        ["patch", "--binary", "-p0", "--quiet"], cwd=tmp_path, input=shown.encode(), check=True, timeout=60
    )
    assert mine.read_bytes() == after.encode()
