"""Every neighbour in a box: on the left what points to the thing, on the right what it points to.

What shares a relation hangs on the same label of it. Which box stands where in its column is for Sugiyama's
method to say, which keeps lines from crossing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fast_sugiyama import from_edges

from unpact.serve.pictures.drawing import KIND_SIZE, NAME_SIZE, RELATION_SIZE, Box, Drawing, Line, Words
from unpact.serve.pictures.text import fitted, width_of, wrapped

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from unpact.serve.pictures.around import Around

_BOX_WIDTH, _LABEL_WIDTH = 208.0, 130.0
_PADDING, _LINE = 8.0, 16.0
_BOX_HEIGHT = 2 * _LINE + _LINE + _PADDING
_ROW = _BOX_HEIGHT + 10.0
_GAP, _MARGIN = 28.0, 4.0


class _Card(NamedTuple):
    """What stands at a vertex: a thing, or the label of a relation."""

    lines: tuple[str, ...]
    kind: str
    style: str
    thing: NamedNode | None
    whole: str


def layered(around: Around) -> Drawing:
    """Lay out a few neighbours."""
    cards = [_card(around.node, around.name, around.kind, "centre")]
    labels: dict[tuple[str, bool], int] = {}
    edges: list[tuple[int, int]] = []
    for neighbour in around.neighbours:
        relation = ", ".join(neighbour.relations)
        key = (relation, neighbour.points_here)
        if key not in labels:
            labels[key] = len(cards)
            cards.append(_label(relation))
            edges.append((labels[key], 0) if neighbour.points_here else (0, labels[key]))
        edges.append((len(cards), labels[key]) if neighbour.points_here else (labels[key], len(cards)))
        cards.append(_card(neighbour.node, neighbour.name, neighbour.kind, "thing"))
    boxes = _placed(cards, _positions(edges))
    width = max(box.x + box.width for box in boxes) + _MARGIN
    height = max(box.y + box.height for box in boxes) + _MARGIN
    count = len(around.neighbours)
    return Drawing(
        width,
        height,
        f"What is around {around.name}",
        f"{count} {'thing' if count == 1 else 'things'} next to {around.name}: "
        "those on the left point to it, those on the right are what it, or a statement about it, points to. "
        "The lists on its page say the same.",
        tuple(
            _line(boxes[source], boxes[target], has_arrow=cards[target].thing is not None)
            for source, target in edges
        ),
        tuple(boxes),
    )


def _positions(edges: list[tuple[int, int]]) -> dict[int, tuple[int, float]]:
    """The column of each vertex, and its place in the column, in rows."""
    layouts = from_edges(edges, vertex_spacing=1.0)
    found = {int(vertex): place for places, *_ in layouts for vertex, place in places}
    # the library lays layers out from top to bottom
    layers = sorted({round(down, 3) for _, down in found.values()}, reverse=True)
    least = min(across for across, _ in found.values())
    return {
        vertex: (layers.index(round(down, 3)), across - least) for vertex, (across, down) in found.items()
    }


def _placed(cards: list[_Card], positions: dict[int, tuple[int, float]]) -> list[Box]:
    places = [across for _, across in positions.values()]
    # alone in its column, the thing itself stands in the middle
    positions[0] = (positions[0][0], (min(places) + max(places)) / 2)
    widths = [0.0] * (1 + max(column for column, _ in positions.values()))
    for vertex, card in enumerate(cards):
        column, _ = positions[vertex]
        widths[column] = max(widths[column], _width(card))
    starts = [_MARGIN + sum(widths[:column]) + column * _GAP for column in range(len(widths))]
    boxes: list[Box] = []
    for vertex, card in enumerate(cards):
        column, across = positions[vertex]
        left = starts[column] + (widths[column] - _width(card)) / 2
        boxes.append(_box(card, left, _MARGIN + across * _ROW))
    return boxes


def _width(card: _Card) -> float:
    if card.thing is not None:
        return _BOX_WIDTH
    return max(width_of(line, RELATION_SIZE) for line in card.lines) + _PADDING


def _card(node: NamedNode, name: str, kind: str, style: str) -> _Card:
    room = _BOX_WIDTH - 2 * _PADDING
    return _Card(wrapped(name, NAME_SIZE, room, 2), fitted(kind, KIND_SIZE, room), style, node, name)


def _label(relation: str) -> _Card:
    return _Card(wrapped(relation, RELATION_SIZE, _LABEL_WIDTH, 3), "", "relation", None, relation)


def _box(card: _Card, x: float, y: float) -> Box:
    """A box with its lines in the middle of its height."""
    texts = [(line, "name" if card.thing else "relation") for line in card.lines]
    if card.kind:
        texts.append((card.kind, "kind"))
    # the baseline of the first line
    first = y + (_BOX_HEIGHT - _LINE * len(texts)) / 2 + _LINE * 0.75
    left = x + (_PADDING if card.thing else _PADDING / 2)
    words = tuple(
        Words(round(left, 1), round(first + _LINE * place, 1), line, style)
        for place, (line, style) in enumerate(texts)
    )
    return Box(
        round(x, 1),
        round(y, 1),
        round(_width(card), 1),
        _BOX_HEIGHT,
        card.style,
        words,
        card.thing,
        card.whole,
    )


def _line(source: Box, target: Box, *, has_arrow: bool) -> Line:
    """A curve from the right side of one box to the left side of another."""
    x1, y1 = source.x + source.width, source.y + source.height / 2
    x2, y2 = target.x, target.y + target.height / 2
    bend = (x2 - x1) / 2
    return Line(
        f"M{x1:.1f} {y1:.1f}C{x1 + bend:.1f} {y1:.1f} {x2 - bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}", has_arrow
    )
