"""Queries in files of their own, their inputs filled in; those of this package lie beside this module."""

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


def select(graph: Graph, name: str, /, *, folder: Path = _HERE, **inputs: Sequence[Term]) -> Solutions:
    """The rows of ``<name>.rq`` in a folder, each ``$input`` in it replaced by its terms."""
    return graph.select(fill((folder / f"{name}.rq").read_text(encoding="utf-8"), inputs))


def named(term: Term | None) -> NamedNode | None:
    """`term` if it is an IRI."""
    return term if isinstance(term, NamedNode) else None
