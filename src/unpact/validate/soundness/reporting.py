"""Findings about shapes, each with the place in the shapes file that it is about."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from unpact.finding import Finding, Severity
from unpact.validate.soundness.checks import CHECKS
from unpact.validate.soundness.declared import shape_nodes
from unpact.validate.soundness.wording import shape_in_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import NamedNode

    from unpact.finding import Place
    from unpact.shacl.shapes import ShapesGraph
    from unpact.shacl.triples import Node, Term

    Placing: TypeAlias = Callable[[Term, NamedNode | None, Term | None], Place | None]
    """Gives the place of a triple of the shapes files, or of the node alone."""

_SEVERITIES = {check.id: check.severity for check in CHECKS}


def nowhere(_subject: Term, _predicate: NamedNode | None, _value: Term | None) -> Place | None:
    """Places for shapes that were read from no file."""
    return None


class Reporter:
    """Makes findings about the shapes of one graph.

    Args:
        shapes: the graph.
        place: of its triples.
    """

    def __init__(self, shapes: ShapesGraph, place: Placing = nowhere) -> None:
        self.shapes = shapes
        self._place = place

    @cached_property
    def nodes(self) -> list[Node]:
        """The nodes that are shapes."""
        return shape_nodes(self.shapes)

    def name(self, node: Term) -> str:
        """A shape in words."""
        return shape_in_words(self.shapes, node)

    def finding(
        self,
        check: str,
        message: str,
        at: tuple[Term, NamedNode | None, Term | None],
        *,
        mend: str | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding about a triple of the shapes graph, or about a node where there is no property."""
        subject, predicate, value = at
        place = self._place(subject, predicate, value)
        level = _SEVERITIES[check] if severity is None else severity
        return Finding(check, level, _sentence(message), subject, predicate, value, place, mend)


def _sentence(text: str) -> str:
    """The text with a capital and an end; a name keeps the case that it has."""
    first = text.partition(" ")[0]
    if first in ("a", "the", "there", "neither"):
        text = text[0].upper() + text[1:]
    return text if text.endswith((".", "?", "!")) else f"{text}."
