"""What every renderer accepts: named columns over rows of RDF terms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Term = NamedNode | BlankNode | Literal | Triple
Cell = Term | tuple[NamedNode, ...] | None
"""A term, nothing, or several things that belong in one cell, such as the sentences behind a row."""

Labeller = Callable[[NamedNode], str]
"""Gives the words that a table shows for a thing."""

ROW_FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md")
FORMATS = (*ROW_FORMATS, "ttl")


class Tabular(Protocol):
    """Columns and rows; the answer of a stored query is one."""

    @property
    def variables(self) -> Sequence[str]:
        """The names of the columns."""

    @property
    def rows(self) -> Sequence[Sequence[Cell]]:
        """The rows, each as long as `variables`."""


class Rows(NamedTuple):
    """A plain Tabular."""

    variables: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def words(cell: Cell, labels: Labeller) -> str:
    """The text of a cell for people to read: labels for things, the plain value of a literal, nothing for
    nothing.
    """
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return ", ".join(labels(thing) for thing in cell)
    if isinstance(cell, NamedNode):
        return labels(cell)
    if isinstance(cell, Literal):
        return cell.value
    if isinstance(cell, Triple):
        return " ".join(words(part, labels) for part in (cell.subject, cell.predicate, cell.object))
    return str(cell)


def one_line(text: str) -> str:
    """`text` without line breaks and control characters, so that a row stays a row and no value steers a
    terminal.
    """
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() or character in "\u200c\u200d" else " "
        for character in " ".join(text.split())
    )
