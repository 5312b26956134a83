"""What the person who reads has asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from unpact.names import compact

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from unpact.render.rows import Labeller


def short_name(node: NamedNode) -> str:
    """The CURIE of a node, or its IRI where no prefix fits."""
    return compact(node.value)


class Style(NamedTuple):
    """How findings are shown to people.

    Args:
        color: whether escape sequences of a terminal may be written.
        width: columns for a source line; None for a width that fits most windows.
        labels: the words for a node.
    """

    color: bool = False
    width: int | None = None
    labels: Labeller = short_name
