"""The queries of this package: files beside this module, their inputs filled in."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from unpact.names import INFERRED_GRAPH
from unpact.query.bind import fill

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.graph.interface import Graph, Solutions
    from unpact.graph.interface import Term as Value
    from unpact.query.terms import Term

INFERRED = (NamedNode(INFERRED_GRAPH),)


def select(graph: Graph, name: str, **inputs: Sequence[Term]) -> Solutions:
    """The rows of ``<name>.rq``, each ``$input`` in it replaced by its terms."""
    return graph.select(fill(_text(name), inputs))


def things(graph: Graph, name: str, **inputs: Sequence[Term]) -> list[NamedNode]:
    """The IRIs in the first column of ``<name>.rq``."""
    return [row[0] for row in select(graph, name, **inputs) if isinstance(row[0], NamedNode)]


def number(term: Value | None) -> int:
    """A count as a query gives it."""
    return int(term.value) if isinstance(term, Literal) else 0


@cache
def _text(name: str) -> str:
    return Path(__file__).with_name(f"{name}.rq").read_text(encoding="utf-8")
