"""What is to be drawn, with all coordinates: the template `picture.svg` only writes it down."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

#: Sizes of letters.
NAME_SIZE, KIND_SIZE, RELATION_SIZE = 13.0, 11.0, 12.0


class Words(NamedTuple):
    """A line of text, from the point where its baseline begins, or around it where it is centred.

    Args:
        x: of the point.
        y: of the baseline.
        text: the line.
        style: the class of its look.
        thing: that it leads to, if any.
        whole: the text before it was cut.
    """

    x: float
    y: float
    text: str
    style: str
    thing: NamedNode | None = None
    whole: str = ""


class Box(NamedTuple):
    """A rectangle with words in it.

    Args:
        x: of the left side.
        y: of the top.
        width: to the right.
        height: downwards.
        style: the class of its look.
        words: in it.
        thing: that the whole box leads to, if any.
        whole: its name before it was cut.
    """

    x: float
    y: float
    width: float
    height: float
    style: str
    words: tuple[Words, ...]
    thing: NamedNode | None = None
    whole: str = ""


class Line(NamedTuple):
    """A line between boxes.

    Args:
        path: as the attribute `d` of SVG.
        has_arrow: whether it ends in an arrowhead.
    """

    path: str
    has_arrow: bool = False


class Drawing(NamedTuple):
    """A picture.

    Args:
        width: of all.
        height: of all.
        title: what it is a picture of.
        description: what it shows, in a sentence.
        lines: below the boxes.
        boxes: none of which overlap.
    """

    width: float
    height: float
    title: str
    description: str
    lines: tuple[Line, ...]
    boxes: tuple[Box, ...]
