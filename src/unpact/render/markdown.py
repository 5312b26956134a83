"""A table in GitHub-flavoured Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TextIO

from unpact.render.rows import Cell, Labeller, Tabular, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.render.notes import Note

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|])")
_BREAK = re.compile(r"\r\n|\r|\n")


def write_md(result: Tabular, stream: TextIO, labels: Labeller, notes: Sequence[Note] = ()) -> None:
    """Write a header, the rule below it and one line a row; characters that Markdown would read as markup are
    escaped. Notes follow, a paragraph each.
    """
    names = [_SPECIAL.sub(r"\\\1", name) for name in result.variables]
    stream.write(f"| {' | '.join(names)} |\n|{'|'.join(' --- ' for _ in names)}|\n")
    stream.writelines(f"| {' | '.join(_escaped(cell, labels) for cell in row)} |\n" for row in result.rows)
    stream.writelines(f"\n{escaped(str(note))}\n" for note in notes)


def _escaped(cell: Cell, labels: Labeller) -> str:
    return escaped(words(cell, labels).strip())


def escaped(text: str) -> str:
    """`text` so that Markdown shows it as it is, on one line of its source."""
    return _BREAK.sub("<br>", _SPECIAL.sub(r"\\\1", text))
