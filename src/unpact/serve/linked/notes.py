"""What the record corrects or contests in a fact, as notes whose parts can be links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.evidence.discrepancies import discrepancies
from unpact.render.notes import notes

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from unpact.graph.interface import Graph, Term
    from unpact.render.labels import Labels
    from unpact.render.notes import Note
    from unpact.serve.linked.values import Noted


def noted(graph: Graph, labels: Labels) -> Noted:
    """Gives the notes on a triple of `graph`."""
    known = discrepancies(graph)

    def of_triple(subject: NamedNode, used: NamedNode, value: Term) -> tuple[Note, ...]:
        found = [each for each in known if each.is_touched_by((subject, used, value))]
        return tuple(notes(graph, found, labels))

    return of_triple
