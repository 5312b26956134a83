"""A difference as text for people: a line for a thing or a fact, with the signs that diff has."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, TextIO

from pyoxigraph import NamedNode

from unpact.diff.model import CHANGES, SECTIONS
from unpact.names import compact
from unpact.render.differences.answer_rows import answer_table, failures, question
from unpact.render.differences.wording import ARROW, Wording, cited
from unpact.render.labels import things_in
from unpact.render.rows import one_line
from unpact.render.rows import words as cell_words
from unpact.render.table import write_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unpact.diff.answers import AnswerChange
    from unpact.diff.model import Difference, FactChange, TextChange, ThingChange

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}
_COLORS = {"added": "\x1b[32m", "removed": "\x1b[31m", "changed": "\x1b[33m"}
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"
TITLES = {"facts": "Facts", "topics": "Topics", "ontology": "Ontology", "shapes": "Shapes"}


def write_text(
    difference: Difference, wording: Wording, stream: TextIO, *, verbose: bool = False, color: bool = False
) -> None:
    """Write a difference section by section, and a line that counts; nothing where nothing differs."""
    page = _Page(wording, verbose=verbose, color=color)
    parts = [page.things(TITLES[name], difference.section(name)) for name in SECTIONS]
    parts += [
        page.renamed(difference.renamed),
        page.texts("Rules", difference.rules),
        page.texts("Stored queries", difference.queries),
        page.things("What follows", difference.inferred or () if verbose else difference.following()),
        page.answers(difference.answers or (), difference.old, difference.new),
    ]
    for lines in parts:
        if lines:
            stream.writelines(f"{line}\n" for line in (*lines, ""))
    if difference:
        stream.write(f"{summary(difference)}\n")


def summary(difference: Difference) -> str:
    """How much changed, in a line."""
    changes: list[str] = [each.change for each in difference.things]
    counts = [f"{changes.count(word)} {word}" for word in CHANGES]
    if difference.renamed:
        counts.append(f"{len(difference.renamed)} renamed")
    triples = f"{len(difference.added):,} triples added, {len(difference.removed):,} removed"
    return f"things: {', '.join(counts)} ({triples})"


def in_told_order(things: Iterable[ThingChange], wording: Wording) -> list[tuple[ThingChange, str]]:
    """Things with their headings: added, removed, changed; by class, and by heading."""
    told = [(each, wording.heading(each)) for each in things]
    return sorted(
        told,
        key=lambda pair: (
            CHANGES.index(pair[0].change),
            [wording.kind(kind) for kind in pair[0].kinds],
            pair[1],
            str(pair[0].thing),
        ),
    )


class _Page:
    def __init__(self, wording: Wording, *, verbose: bool, color: bool) -> None:
        self._wording = wording
        self._verbose = verbose
        self._color = color

    def things(self, title: str, things: Iterable[ThingChange]) -> list[str]:
        """A section of things."""
        found = list(things)
        self._wording.load(found)
        lines = [line for pair in in_told_order(found, self._wording) for line in self._thing(*pair)]
        return [self._title(title), *lines] if lines else []

    def renamed(self, names: Mapping[NamedNode, NamedNode]) -> list[str]:
        """The things of which only the name changed."""
        lines = [
            self._marked(
                "changed",
                f"{one_line(self._wording.labels(new))}  {compact(old.value)}{ARROW}{compact(new.value)}",
            )
            for old, new in names.items()
        ]
        return [self._title("Renamed"), *lines] if lines else []

    def texts(self, title: str, changes: Iterable[TextChange]) -> list[str]:
        """A section of rules or queries."""
        lines = [
            self._marked(each.change, f"{each.name}{f'  {one_line(each.title)}' if each.title else ''}")
            for each in changes
        ]
        return [self._title(title), *lines] if lines else []

    def answers(self, changes: Iterable[AnswerChange], old: str, new: str) -> list[str]:
        """The answers that changed, as tables."""
        lines: list[str] = []
        for change in changes:
            lines += ["", f"  {question(change)}"] if lines else [f"  {question(change)}"]
            lines += [f"    {one_line(sentence)}" for sentence in failures(change, old, new)]
            table = answer_table(change, self._wording.labels)
            if table.rows:
                self._wording.labels.load(things_in(table))
                rows = [
                    [one_line(cell_words(cell, self._wording.labels)) for cell in row] for row in table.rows
                ]
                written = StringIO()
                write_plain(table.variables, rows, written)
                lines += [f"    {line}" for line in written.getvalue().splitlines()]
        return [self._title("Answers"), *lines] if lines else []

    def _thing(self, change: ThingChange, heading: str) -> Iterator[str]:
        name = f"  {compact(change.thing.value)}" if isinstance(change.thing, NamedNode) else ""
        whole = change.change != "changed"
        evidence = f"  [{cited(change.evidence)}]" if whole and change.evidence else ""
        yield self._marked(change.change, f"{heading}{name}{evidence}")
        if not whole or self._verbose:
            lines = [self._fact(fact, whole=whole, own=change.evidence) for fact in change.facts]
            yield from sorted(lines)

    def _fact(self, fact: FactChange, *, whole: bool, own: tuple[NamedNode, ...]) -> str:
        differs = fact.evidence and not (whole and fact.evidence == own)
        evidence = f"  [{cited(fact.evidence)}]" if differs else ""
        if whole:
            said = next(side for side in self._wording.sides(fact) if side)
            return f"      {one_line(f'{self._wording.aspect(fact)}: {said}')}{evidence}"
        return f"      {one_line(self._wording.fact(fact))}{evidence}"

    def _marked(self, change: str, text: str) -> str:
        line = f"{_SIGNS[change]} {one_line(text)}"
        return f"  {_COLORS[change]}{line}{_PLAIN}" if self._color else f"  {line}"

    def _title(self, title: str) -> str:
        return f"{_BOLD}{title}{_PLAIN}" if self._color else title
