"""A difference as a changelog in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from unpact.diff.model import SECTIONS
from unpact.names import compact
from unpact.render.differences.answer_rows import answer_table, failures, question
from unpact.render.differences.text import TITLES, in_told_order
from unpact.render.differences.wording import ARROW, Wording, cited
from unpact.render.markdown import escaped, write_md

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unpact.diff.model import Difference, FactChange, TextChange, ThingChange


def write_changelog(
    difference: Difference, wording: Wording, stream: TextIO, *, verbose: bool = False
) -> None:
    """Write a section for each part that changed, below which added, removed and changed things are lists."""
    for name in SECTIONS:
        _write_things(TITLES[name], difference.section(name), wording, stream, verbose=verbose)
    if difference.renamed:
        lines = (
            f"- {escaped(wording.labels(new))}: `{compact(old.value)}`{ARROW}`{compact(new.value)}`"
            for old, new in difference.renamed.items()
        )
        _write_section("Renamed", lines, stream)
    for title, texts in (("Rules", difference.rules), ("Stored queries", difference.queries)):
        _write_section(title, map(_text_line, texts), stream)
    _write_things(
        "What follows",
        difference.inferred or () if verbose else difference.following(),
        wording,
        stream,
        verbose=verbose,
    )
    if difference.answers:
        stream.write("### Answers\n\n")
        for change in difference.answers:
            stream.write(f"`unpact query {question(change)}`\n\n")
            stream.writelines(
                f"{escaped(sentence)}\n\n" for sentence in failures(change, difference.old, difference.new)
            )
            table = answer_table(change, wording.labels)
            if table.rows:
                write_md(table, stream, wording.labels)
                stream.write("\n")


def _write_section(title: str, lines: Iterable[str], stream: TextIO) -> None:
    found = list(lines)
    if found:
        stream.writelines(f"{line}\n" for line in (f"### {title}", "", *found, ""))


def _text_line(change: TextChange) -> str:
    title = f": {escaped(change.title)}" if change.title else ""
    return f"- {change.change.capitalize()} `{change.name}`{title}"


def _write_things(
    title: str, things: Iterable[ThingChange], wording: Wording, stream: TextIO, *, verbose: bool
) -> None:
    found = list(things)
    wording.load(found)
    _write_section(title, _lines(found, wording, verbose=verbose), stream)


def _lines(things: list[ThingChange], wording: Wording, *, verbose: bool) -> Iterator[str]:
    for change, heading in in_told_order(things, wording):
        facts = sorted(_fact(fact, wording) for fact in change.facts)
        if change.change == "changed":
            # one fact stands on the line of its thing
            yield f"- Changed: {escaped(heading)}{f': {facts[0]}' if len(facts) == 1 else ''}"
        else:
            yield f"- {change.change.capitalize()}: {escaped(heading)}{_cited(cited(change.evidence))}"
        if (change.change == "changed" and len(facts) > 1) or (change.change != "changed" and verbose):
            yield from (f"  - {fact}" for fact in facts)


def _fact(fact: FactChange, wording: Wording) -> str:
    return escaped(wording.fact(fact)) + _cited(cited(fact.evidence))


def _cited(evidence: str) -> str:
    return f" [{evidence}]" if evidence else ""
