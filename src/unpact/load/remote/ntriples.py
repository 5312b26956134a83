"""The triples of a named graph as N-Triples, a few at a time, so that a graph of any size takes little
memory.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyoxigraph import Store

    from unpact.graph.interface import Term

_BATCH = 5000


def written(
    store: Store,
    graph: str,
    *,
    blank: bool | None = None,
    seen: Callable[[list[Triple], bytes], None] = lambda *_: None,
) -> Iterator[bytes]:
    """The triples of a graph in whole lines, some thousand at a time.

    Args:
        store: that holds it.
        graph: its IRI.
        blank: only those with blank nodes, or only those without; all of them for None.
        seen: shown the triples of each part, and the part, before it is given.
    """
    triples = (quad.triple for quad in store.quads_for_pattern(None, None, None, NamedNode(graph)))
    if blank is not None:
        triples = (each for each in triples if any(blanks_of(each)) is blank)
    while batch := list(islice(triples, _BATCH)):
        text = lines(batch)
        seen(batch, text)
        yield text


def lines(triples: list[Triple]) -> bytes:
    """Triples as lines of N-Triples."""
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def pieces(parts: Iterator[bytes], most: int) -> Iterator[bytes]:
    """The same bytes in pieces of about `most` bytes, each of whole lines."""
    kept: list[bytes] = []
    size = 0
    for part in parts:
        if kept and size + len(part) > most:
            yield b"".join(kept)
            kept, size = [], 0
        kept.append(part)
        size += len(part)
    if kept:
        yield b"".join(kept)


def blanks_of(triple: Triple) -> Iterator[BlankNode]:
    """The blank nodes of a triple, those inside of a quoted one too."""
    for term in (triple.subject, triple.object):
        yield from _blanks_in(term)


def _blanks_in(term: Term) -> Iterator[BlankNode]:
    if isinstance(term, BlankNode):
        yield term
    elif isinstance(term, Triple):
        yield from blanks_of(term)
