"""What the record corrects in the article, left out of a graph before anything is inferred from it.

A discrepancy (`unp:Discrepancy`) in the record names what the article has and what is right. The files of the
article keep it; the view best does not show it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Quad

from unpact.names import OWL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.graph.memory import MemoryGraph

_SOURCE, _PROPERTY, _TARGET = (
    NamedNode(OWL + part) for part in ("annotatedSource", "annotatedProperty", "annotatedTarget")
)


@cache
def query_text() -> str:
    """The query that finds the corrected triples of the article."""
    return Path(__file__).with_name("corrected.rq").read_text(encoding="utf-8")


def corrected(graph: MemoryGraph) -> frozenset[Quad]:
    """The quads of the article that discrepancies in `graph` correct, with the annotations of these.

    Empty without the record, as in the view article.
    """
    found: set[Quad] = set()
    for name, subject, used, value in graph.select(query_text()):
        if (
            isinstance(name, NamedNode)
            and isinstance(subject, NamedNode | BlankNode)
            and isinstance(used, NamedNode)
            and value is not None
        ):
            quad = Quad(subject, used, value, name)
            found |= {quad, *_annotations(graph, quad)}
    return frozenset(found)


def leave_out_corrected(graph: MemoryGraph) -> frozenset[Quad]:
    """Take the corrected triples of the article out of `graph`, which holds nothing inferred yet; those."""
    found = corrected(graph)
    for quad in found:
        graph.store.remove(quad)
    return found


def _annotations(graph: MemoryGraph, quad: Quad) -> Iterator[Quad]:
    """The quads of the axioms that annotate the triple of `quad` in its own file."""
    place = quad.graph_name
    for annotation in graph.store.quads_for_pattern(None, _SOURCE, quad.subject, place):
        about = list(graph.store.quads_for_pattern(annotation.subject, None, None, place))
        said = {(each.predicate, each.object) for each in about}
        if (_PROPERTY, quad.predicate) in said and (_TARGET, quad.object) in said:
            yield from about
