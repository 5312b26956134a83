"""What the record corrects or contests in a fact, as notes whose parts can be links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.render.notes import notes

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from unpact.graph.interface import Term
    from unpact.render.notes import Note
    from unpact.serve.linked.values import Noted
    from unpact.serve.site import Site


def noted(site: Site) -> Noted:
    """Gives the notes on a triple of what the site serves."""

    def of_triple(subject: NamedNode, used: NamedNode, value: Term) -> tuple[Note, ...]:
        found = [each for each in site.discrepancies if each.is_touched_by((subject, used, value))]
        return tuple(notes(site.graph, found, site.labels))

    return of_triple
