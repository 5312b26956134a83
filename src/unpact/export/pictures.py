"""Pictures of things and relations, for Graphviz (DOT) and Mermaid."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TextIO

from unpact.export.things import EVIDENCE
from unpact.render.rows import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

    from unpact.export.things import Thing, Things

#: How many edges Mermaid draws unless it is set up to draw more.
MERMAID_EDGES = 500
# longer names are cut in a picture
_LONGEST = 60


class Picture(NamedTuple):
    """Boxes and arrows.

    Args:
        boxes: a key, and the lines in it: the name of the thing, and its classes.
        arrows: from one key to another, with what it says.
    """

    boxes: tuple[tuple[str, tuple[str, ...]], ...]
    arrows: tuple[tuple[str, str, str], ...]


def picture_of(things: Things) -> Picture:
    """What is drawn: relations, but not what says where a fact is stated, nor what does nothing else.

    Several relations between the same two things, in the same direction, share an arrow.
    """
    arrows: dict[tuple[NamedNode, NamedNode], list[str]] = {}
    sources: set[object] = set()
    for relation in things.relations:
        if relation.used.value in EVIDENCE:
            sources.add(relation.target)
        else:
            arrows.setdefault((relation.source, relation.target), []).append(things.label(relation.used))
    drawn = {end for ends in arrows for end in ends}
    shown = [thing for thing in things.named if thing.node in drawn or thing.node not in sources]
    keys = {thing.node: f"n{number}" for number, thing in enumerate(shown)}
    return Picture(
        tuple((keys[thing.node], tuple(_lines(thing, things))) for thing in shown),
        tuple((keys[source], keys[target], ", ".join(labels)) for (source, target), labels in arrows.items()),
    )


def write_dot(picture: Picture, stream: TextIO) -> None:
    """Write a directed graph in the DOT language."""
    stream.write("digraph unpact {\n  rankdir=LR;\n")
    stream.write('  node [shape=box, style=rounded, fontname="sans-serif"];\n')
    stream.write('  edge [fontname="sans-serif", fontsize=10];\n')
    for key, lines in picture.boxes:
        text = "\\n".join(map(_quoted, lines))
        stream.write(f'  {key} [label="{text}"];\n')
    for source, target, label in picture.arrows:
        text = _quoted(label)
        stream.write(f'  {source} -> {target} [label="{text}"];\n')
    stream.write("}\n")


def write_mermaid(picture: Picture, stream: TextIO) -> None:
    """Write a Mermaid flow chart."""
    stream.write("flowchart LR\n")
    for key, lines in picture.boxes:
        text = "<br/>".join(map(_entities, lines))
        stream.write(f'  {key}["{text}"]\n')
    for source, target, label in picture.arrows:
        text = _entities(label)
        stream.write(f'  {source} -->|"{text}"| {target}\n')


def _lines(thing: Thing, things: Things) -> Iterator[str]:
    yield _cut(one_line(thing.name))
    if thing.kinds:
        yield f"({', '.join(_cut(one_line(things.label(kind))) for kind in thing.kinds)})"


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


def _quoted(words: str) -> str:
    return words.replace("\\", "\\\\").replace('"', '\\"')


def _entities(words: str) -> str:
    # Mermaid reads numbered entities alone everywhere; a # begins one
    marks = {"#": "#35;", '"': "#34;", "<": "#60;", ">": "#62;", "&": "#38;", "`": "#96;"}
    return "".join(marks.get(character, character) for character in words)
