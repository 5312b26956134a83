"""The picture of a thing: every neighbour in a box, or, where there are many, the neighbours by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.serve.pictures.grouped import grouped
from unpact.serve.pictures.layered import layered

if TYPE_CHECKING:
    from unpact.serve.pictures.around import Around
    from unpact.serve.pictures.drawing import Drawing

#: As many neighbours have a box each.
MOST_BOXES = 24


def picture_of(around: Around) -> Drawing | None:
    """The picture; None for a thing that nothing is next to."""
    if not around.neighbours:
        return None
    return layered(around) if len(around.neighbours) <= MOST_BOXES else grouped(around)
