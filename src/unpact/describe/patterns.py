"""The queries of this package: files beside this module, their inputs filled in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.query.bind import fill

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.graph.interface import Graph, Solutions
    from unpact.query.terms import Term

_HERE = Path(__file__).parent


def select(graph: Graph, name: str, **inputs: Sequence[Term]) -> Solutions:
    """The rows of ``<name>.rq``, each ``$input`` in it replaced by its terms."""
    return graph.select(fill((_HERE / f"{name}.rq").read_text(encoding="utf-8"), inputs))


def named(term: Term | None) -> NamedNode | None:
    """`term` if it is an IRI."""
    return term if isinstance(term, NamedNode) else None
