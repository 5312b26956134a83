"""The checks that there are: a file for each, read only as far as somebody asks for it."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from unpact.validate.checks import Check

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unpact.finding import Severity

FOLDER = Path(__file__).parent / "checks"

_KEYS = ("title", "problem", "solution", "follows", "example")
_NEEDED = ("title", "problem", "solution", "example")
_COLUMNS = ("subject", "property", "value")
_SELECTED = re.compile(r"^SELECT DISTINCT((?: \?\w+)+) WHERE", re.MULTILINE)
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


class Header(NamedTuple):
    """What a check says of itself.

    Args:
        title: a few words.
        problem: a sentence on what is wrong; `{subject}`, `{property}` and `{value}` stand for the columns.
        solution: what to do about it, in the same way.
        follows: the pitfall of OOPS!, the test of FOOPS!, or the section of the OWL 2 profiles.
        example: Turtle that the check finds something in.
    """

    title: str
    problem: str
    solution: str
    follows: tuple[str, ...]
    example: str


class OntologyCheck:
    """One check.

    Args:
        id: `term/label`, the path of its file without the suffix.
        path: of its file.
    """

    def __init__(self, id: str, path: Path) -> None:  # noqa: A002 - as in Check
        self.id = id
        self.path = path

    @cached_property
    def text(self) -> str:
        """The query, with its header."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def header(self) -> Header:
        """What the check says of itself.

        Raises:
            StoredQueryError: for a header that lacks something, or speaks of a column that there is not.
        """
        return _read_header(self.text, self.path)

    def described(self, severity: Severity) -> Check:
        """The check as reports name it, with the severity that a profile gives it."""
        header = self.header
        follows = f" Follows {', '.join(header.follows)}." if header.follows else ""
        return Check(self.id, severity, header.title, header.problem + follows, header.solution, None, None)


def ontology_checks() -> Mapping[str, OntologyCheck]:
    """All checks by id, sorted."""
    paths = {f"{path.parent.name}/{path.stem}": path for path in FOLDER.glob("*/*.rq")}
    return {name: OntologyCheck(name, paths[name]) for name in sorted(paths)}


def columns(text: str) -> tuple[str, ...]:
    """The columns of a check, in order; none where it is no query of the form that checks have."""
    found = _SELECTED.search(text)
    return () if found is None else tuple(name.removeprefix("?") for name in found[1].split())


def filled(sentence: str, words: Mapping[str, str]) -> str:
    """A sentence with its placeholders filled; one for which there are no words stays."""
    return _PLACEHOLDER.sub(lambda found: words.get(found[1], found[0]), sentence)


def _read_header(text: str, path: Path) -> Header:
    from unpact.query.header_reader import HeaderReader, header_lines

    reader = HeaderReader(path, header_lines(text, path))
    root = reader.mapping(reader.root(), "the header", allowed=_KEYS, needed=_NEEDED)
    there = columns(text)
    if not there or not set(there) <= set(_COLUMNS):
        wanted = ", ".join(f"?{name}" for name in _COLUMNS)
        raise reader.fail(root["title"], f"a check begins with SELECT DISTINCT and some of {wanted}")
    for key in ("problem", "solution"):
        for name in _PLACEHOLDER.findall(reader.text(root[key], key)):
            if name not in there:
                raise reader.fail(root[key], f"{key} names {{{name}}}, which is no column of the query")
    example = root["example"].value
    if not isinstance(example, str) or not example.strip():
        raise reader.fail(root["example"], "example must be Turtle, on lines below 'example: |'")
    return Header(
        reader.text(root["title"], "title"),
        reader.text(root["problem"], "problem"),
        reader.text(root["solution"], "solution"),
        tuple(reader.strings(root["follows"], "follows")) if "follows" in root else (),
        example,
    )
