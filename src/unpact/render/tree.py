"""A tree as lines of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Branch:
    """One place in a tree.

    Args:
        text: its line.
        notes: further lines about it.
        below: what it rests on.
    """

    text: str
    notes: tuple[str, ...] = ()
    below: tuple[Branch, ...] = ()


def tree_lines(branch: Branch) -> Iterator[str]:
    """The lines of a tree, drawn with the usual lines between the places."""
    yield from _lines(branch, "", "")


def _lines(branch: Branch, first: str, further: str) -> Iterator[str]:
    yield first + branch.text
    gap = f"{further}{'│  ' if branch.below else '   '}"
    for note in branch.notes:
        yield gap + note
    for number, each in enumerate(branch.below, 1):
        if number == len(branch.below):
            yield from _lines(each, f"{further}└─ ", f"{further}   ")
        else:
            yield from _lines(each, f"{further}├─ ", f"{further}│  ")
