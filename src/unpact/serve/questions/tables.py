"""The rows of an answer as cells of a page: words, and where they lead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from unpact.names import SOURCE, compact
from unpact.render.rows import one_line
from unpact.serve.addresses import path_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unpact.graph.interface import Row, Term
    from unpact.render.labels import Labels
    from unpact.render.notes import Note
    from unpact.serve.questions.cited import Cited

_BRIEF = 12
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Cell(NamedTuple):
    """Words, the page that they lead to, and their language; empty where there is none."""

    text: str = ""
    path: str = ""
    language: str = ""

    @property
    def is_brief(self) -> bool:
        """Whether it is one that should not be broken, such as a date."""
        return not self.path and len(self.text) <= _BRIEF


class Line(NamedTuple):
    """A row.

    Args:
        number: from 1.
        cells: a column each.
        sentences: what it rests on.
        notes: the numbers of the notes on it.
        why: the address of its explanation.
    """

    number: int
    cells: tuple[Cell, ...]
    sentences: tuple[Cell, ...] = ()
    notes: tuple[int, ...] = ()
    why: str = ""


class Side(NamedTuple):
    """What one side of a discrepancy has, and where it says so."""

    values: str
    sources: tuple[Cell, ...]


class NoteShown(NamedTuple):
    """A discrepancy in words.

    Args:
        number: from 1.
        subject: leads to the page of the discrepancy.
        record: what the record has, and its sources.
        article: what the article has, and its sentences.
        kind: of the difference.
        confidence: in the record's side.
        reason: why the two differ.
    """

    number: int
    subject: Cell
    record: Side
    article: Side
    kind: str
    confidence: str
    reason: str


def heading(column: str) -> str:
    """The name of a column in words."""
    return _HUMP.sub(" ", column).replace("_", " ").lower()


def cell(term: Term | None, labels: Labels) -> Cell:
    """A value of an answer."""
    if term is None:
        return Cell()
    if isinstance(term, NamedNode):
        return Cell(one_line(labels(term)), path_of(term.value))
    if isinstance(term, Literal):
        return Cell(one_line(term.value), language=term.language or "")
    return Cell("something without a name" if isinstance(term, BlankNode) else one_line(str(term)))


def evidence(thing: NamedNode, labels: Labels) -> Cell:
    """A sentence, by its number, or another source, by its title."""
    return Cell(
        compact(thing.value) if _is_sentence(thing) else one_line(labels(thing)), path_of(thing.value)
    )


def lines(
    rows: Sequence[Row], labels: Labels, cited: Cited | None, explanations: Sequence[str]
) -> tuple[list[Line], list[Cell]]:
    """The rows of a page, and the sources that they name by number.

    Args:
        rows: as the answer has them.
        labels: loaded with what the rows name.
        cited: what they rest on, if that is wanted.
        explanations: the address of the explanation of each.
    """
    sources: dict[NamedNode, int] = {}
    if cited is not None:
        for each in (each for sentences in cited.sentences for each in sentences if not _is_sentence(each)):
            sources.setdefault(each, len(sources) + 1)
        labels.load(sources)

    def referred(thing: NamedNode) -> Cell:
        # the titles of sources are too long for each row that rests on them
        number = sources.get(thing)
        return evidence(thing, labels) if number is None else Cell(f"source {number}", f"#source-{number}")

    found = []
    for place, (row, why) in enumerate(zip(rows, explanations, strict=True)):
        sentences = () if cited is None else cited.sentences[place]
        notes = () if cited is None else cited.notes[place]
        found.append(
            Line(
                place + 1,
                tuple(cell(term, labels) for term in row),
                tuple(map(referred, sentences)),
                tuple(note + 1 for note in notes),
                why,
            )
        )
    return found, [evidence(thing, labels) for thing in sources]


def columns_of(
    rows: Sequence[Row], asked: Mapping[str, frozenset[str]]
) -> tuple[list[int], list[int], list[int]]:
    """The columns that the rows of a page differ in: a table of those alone fits more screens.

    Args:
        rows: as the answer has them.
        asked: the IRIs of the things that the question names, by parameter.

    Returns:
        The places of the columns to show, of those that have one thing of the question in each of several
        rows, and of those without any value.
    """
    named = frozenset().union(*asked.values()) if asked else frozenset()
    shown: list[int] = []
    same: list[int] = []
    empty: list[int] = []
    for place in range(len(rows[0]) if rows else 0):
        values = {row[place] for row in rows}
        (value, *others) = values
        if value is None and not others:
            empty.append(place)
        elif len(rows) > 1 and not others and isinstance(value, NamedNode) and value.value in named:
            same.append(place)
        else:
            shown.append(place)
    return shown, same, empty


def note_shown(number: int, note: Note, labels: Labels) -> NoteShown:
    """A note with links to what it rests on."""
    things = [[NamedNode(iri) for iri in side] for side in (note.sources, note.sentences)]
    labels.load(each for side in things for each in side)
    sources, sentences = (tuple(evidence(each, labels) for each in side) for side in things)
    return NoteShown(
        number,
        Cell(one_line(note.subject), path_of(note.discrepancy)),
        Side("; ".join(map(one_line, note.record)), sources),
        Side("; ".join(map(one_line, note.article)), sentences),
        note.kind,
        note.confidence,
        one_line(note.reason),
    )


def _is_sentence(thing: NamedNode) -> bool:
    return thing.value.startswith(SOURCE)
