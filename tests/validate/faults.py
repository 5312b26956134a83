"""The faults of `faults.yaml`: how each changes a file, and what has to be found in it, with its place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

from unpact.finding import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.finding import Finding

_BEGIN, _END = "«", "»"
# a number behind each begin, as a character that no file has
_NUMBERS = 0xE000


class Fault(NamedTuple):
    """One fault, as `faults.yaml` has it."""

    fault: str
    of: str
    text: str
    replacement: str
    findings: list[dict[str, int | str]]


class Found(NamedTuple):
    """A finding as far as a fault says what it has to be."""

    check: str
    place: Place | None


def read_faults() -> dict[str, list[Fault]]:
    content = yaml.safe_load(Path(__file__).with_name("faults.yaml").read_text(encoding="utf-8"))
    return {file: [Fault(**fault) for fault in faults] for file, faults in content.items()}


def found(findings: Iterable[Finding]) -> set[Found]:
    return {Found(finding.check, finding.place) for finding in findings}


def with_faults(file: str, content: str, faults: Iterable[Fault]) -> tuple[str, set[Found]]:
    """The content of a file with some faults in it, and what has to be found there."""
    marked = _Marked(content)
    for fault in faults:
        marked.make(fault)
    text, places = marked.places(file)
    return text, {Found(check, places[mark]) for check, mark in marked.wanted}


class _Marked:
    """A text with marks in it, and the checks that have to find something there."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.wanted: list[tuple[str, int]] = []
        self._count = 0

    def make(self, fault: Fault) -> None:
        start, end = self._block(fault.of)
        block = self.text[start:end]
        assert block.count(fault.text) == 1, f"{fault.text!r} is {block.count(fault.text)} times in {block}"
        pieces: dict[str, str] = {}
        first = self._count
        changed = block.replace(fault.text, self._numbered(fault.replacement))
        for each in fault.findings:
            for check, where in each.items():
                if isinstance(where, int):
                    self.wanted.append((check, first + where - 1))
                    continue
                self.wanted.append((check, self._count))
                if where == "subject":
                    subject = fault.of.split(maxsplit=1)[0]
                    changed = changed.replace(subject, self._numbered(f"{_BEGIN}{subject}{_END}"), 1)
                else:
                    pieces[self._numbered(where)] = where.replace(_BEGIN, "").replace(_END, "")
        self.text = self.text[:start] + changed + self.text[end:]
        for numbered, plain in pieces.items():
            assert self.text.count(plain) == 1, f"{plain!r} is {self.text.count(plain)} times in the file"
            self.text = self.text.replace(plain, numbered)

    def places(self, file: str) -> tuple[str, dict[int, Place]]:
        """The text without its marks, and the places that they marked."""
        plain, line, column = "", 1, 1
        open_marks: list[tuple[int, int, int]] = []
        places = {}
        characters = iter(self.text)
        for character in characters:
            if character == _BEGIN:
                open_marks.append((ord(next(characters)) - _NUMBERS, line, column))
            elif character == _END:
                number, *begin = open_marks.pop()
                places[number] = Place(file, *begin, line, column)
            else:
                plain += character
                line, column = (line + 1, 1) if character == "\n" else (line, column + 1)
        return plain, places

    def _block(self, of: str) -> tuple[int, int]:
        """The lines of a statement, to the next empty one."""
        starts = [match.start() for match in re.finditer(rf"^{re.escape(of)}\s", self.text, re.MULTILINE)]
        assert len(starts) == 1, f"{len(starts)} blocks begin with {of}"
        return starts[0], self.text.find("\n\n", starts[0]) + 1 or len(self.text)

    def _numbered(self, text: str) -> str:
        *parts, last = text.split(_BEGIN)
        numbered = ""
        for part in parts:
            numbered += f"{part}{_BEGIN}{chr(_NUMBERS + self._count)}"
            self._count += 1
        return numbered + last
