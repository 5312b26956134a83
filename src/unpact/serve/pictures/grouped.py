"""Many neighbours by their kind: a panel for each kind, in it the names by relation, in three columns."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from unpact.serve.pictures.drawing import KIND_SIZE, NAME_SIZE, RELATION_SIZE, Box, Drawing, Line, Words
from unpact.serve.pictures.text import fitted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import NamedNode

    from unpact.serve.pictures.around import Around, Neighbour

_COLUMNS = 3
_WIDTH, _GUTTER, _GAP, _MARGIN = 304.0, 28.0, 14.0, 4.0
_PADDING, _LINE = 10.0, 18.0
_CENTRE_HEIGHT = 56.0
# longer panels say how many more there are
_MOST_NAMES = 30


class _Row(NamedTuple):
    text: str
    style: str
    thing: NamedNode | None = None
    whole: str = ""


def grouped(around: Around) -> Drawing:
    """Lay out many neighbours."""
    by_kind: dict[str, list[Neighbour]] = {}
    for neighbour in around.neighbours:
        by_kind.setdefault(neighbour.kind or "Without a class", []).append(neighbour)
    # the largest first: what comes after fills the shorter columns
    panels = sorted(by_kind.items(), key=lambda panel: (-len(panel[1]), panel[0]))
    width = 2 * _MARGIN + _COLUMNS * _WIDTH + _COLUMNS * _GUTTER
    bus = _MARGIN + _CENTRE_HEIGHT + _GAP
    bottoms = [bus + _GAP] * _COLUMNS
    boxes = [_centre(around, width)]
    lines: list[Line] = []
    lowest: dict[int, float] = {}
    for kind, members in panels:
        column = bottoms.index(min(bottoms))
        left = _MARGIN + _GUTTER + column * (_WIDTH + _GUTTER)
        box = _panel(f"{kind} ({len(members)})", list(_rows(members)), left, bottoms[column])
        boxes.append(box)
        lowest[column] = box.y + _LINE
        lines.append(Line(f"M{left - _GUTTER / 2:.1f} {lowest[column]:.1f}H{left:.1f}"))
        bottoms[column] = box.y + box.height + _GAP
    lines += _trunks(lowest, bus, width)
    return Drawing(
        width,
        max(bottoms) - _GAP + _MARGIN,
        f"What is around {around.name}",
        f"{len(around.neighbours)} things next to {around.name}, by {len(panels)} kinds, "
        "and in each kind by how they are related to it. The lists on its page say the same.",
        tuple(lines),
        tuple(boxes),
    )


def _centre(around: Around, width: float) -> Box:
    left = (width - _WIDTH) / 2
    room = _WIDTH - 2 * _PADDING
    words = (
        Words(left + _PADDING, _MARGIN + 24, fitted(around.name, NAME_SIZE, room), "name"),
        Words(left + _PADDING, _MARGIN + 43, fitted(around.kind, KIND_SIZE, room), "kind"),
    )
    return Box(left, _MARGIN, _WIDTH, _CENTRE_HEIGHT, "centre", words, around.node, around.name)


def _rows(members: Iterable[Neighbour]) -> Iterator[_Row]:
    """The names under their relations, in the order of the words; those with several relations come last."""
    ordered = sorted(members, key=lambda each: (len(each.relations) > 1, *_relation(each)))
    shown = ordered[:_MOST_NAMES]
    for (relation, arrow), same in groupby(shown, key=_relation):
        yield _Row(f"{relation} {arrow}", "relation")
        for each in same:
            whole = f"{each.name}: {', '.join(each.relations)}" if len(each.relations) > 1 else each.name
            yield _Row(each.name, "name", each.node, whole)
    if len(ordered) > len(shown):
        yield _Row(f"and {len(ordered) - len(shown)} more", "more")


def _relation(neighbour: Neighbour) -> tuple[str, str]:
    if len(neighbour.relations) > 1:
        return "in several ways", ""
    return neighbour.relations[0], "←" if neighbour.points_here else "→"


def _panel(title: str, rows: list[_Row], left: float, top: float) -> Box:
    room = _WIDTH - 2 * _PADDING
    sizes = {"name": NAME_SIZE, "relation": RELATION_SIZE, "more": NAME_SIZE}
    baseline = top + _LINE * 1.2
    words = [Words(left + _PADDING, baseline, fitted(title, NAME_SIZE, room), "title", whole=title)]
    for row in rows:
        baseline += _LINE
        text = fitted(row.text, sizes[row.style], room)
        words.append(Words(left + _PADDING, round(baseline, 1), text, row.style, row.thing, row.whole))
    return Box(left, round(top, 1), _WIDTH, round(baseline - top + _LINE * 0.6, 1), "panel", tuple(words))


def _trunks(lowest: dict[int, float], bus: float, width: float) -> Iterator[Line]:
    """From the thing down to a line across, and from there along the left of each column."""
    places = {column: _MARGIN + column * (_WIDTH + _GUTTER) + _GUTTER / 2 for column in lowest}
    ends = [*places.values(), width / 2]
    yield Line(f"M{width / 2:.1f} {_MARGIN + _CENTRE_HEIGHT:.1f}V{bus:.1f}")
    yield Line(f"M{min(ends):.1f} {bus:.1f}H{max(ends):.1f}")
    for column, x in places.items():
        yield Line(f"M{x:.1f} {bus:.1f}V{lowest[column]:.1f}")
