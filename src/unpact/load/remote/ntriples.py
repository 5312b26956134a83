"""Lines of N-Triples as the engine writes them, which is one line for one triple."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, RdfFormat, Triple, parse, serialize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

    from unpact.graph.interface import Term


def lines(triples: Iterable[Triple] | Iterable[Quad]) -> bytes:
    """Triples as lines of N-Triples; quads have to be of the default graph."""
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def triples_of(text: bytes) -> Iterator[Triple]:
    """The triples of lines of N-Triples, blank nodes as they are labelled."""
    return (quad.triple for quad in parse(text, format=RdfFormat.N_TRIPLES))


def parted(text: bytes) -> tuple[bytes, bytes]:
    """The lines with blank nodes, and the others.

    Args:
        text: lines of N-Triples.
    """
    others: list[bytes] = []
    suspected: list[bytes] = []
    # few lines have any, and this goes from one to the next without a look at those in between
    at = 0
    while (found := text.find(b"_:", at)) >= 0:
        begin, end = text.rfind(b"\n", at, found) + 1 or at, text.index(b"\n", found) + 1
        others.append(text[at:begin])
        suspected.append(text[begin:end])
        at = end
    others.append(text[at:])
    # a literal or an IRI may have these characters as well
    blank: list[Triple] = []
    ground: list[Triple] = []
    for triple in triples_of(b"".join(suspected)):
        (blank if any(blanks_of(triple)) else ground).append(triple)
    return lines(blank), b"".join((*others, lines(ground)))


def pieces(parts: Iterable[bytes], most: int) -> Iterator[bytes]:
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
