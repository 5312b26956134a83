"""What graphs say, in a number that is the same for graphs that say the same.

The digest of a graph depends neither on the order of its triples nor on the labels of its blank nodes, so a
graph that has not changed is recognised in the next load, however it was read.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Triple

from unpact.load.remote.distinct_lines import hash_of

if TYPE_CHECKING:
    from pyoxigraph import Store

    from unpact.graph.interface import Term

_BITS = 256
# blank nodes within blank nodes, as in lists, are told apart down to here
_DEPTH = 12
_REMEMBERED = 50_000


def digest_of_graph(triples: int, hashes: int) -> str:
    """The digest of a graph: SHA-256 in hexadecimal.

    Args:
        triples: how many it has.
        hashes: the sum of the hashes of their lines; for triples with blank nodes, of what these say.
    """
    return sha256(f"{triples} {hashes % 2**_BITS:064x}".encode()).hexdigest()


def hashes_by_meaning(store: Store) -> int:
    """The sum of the hashes of triples with blank nodes, each node taken for what is said of it.

    Args:
        store: has all triples with blank nodes of a graph, and no others, in its default graph.
    """
    colours = _Colours(store)
    return sum(hash_of(colours.line(quad.triple)) for quad in store)


class _Colours:
    """What is said of blank nodes, in place of their labels."""

    def __init__(self, store: Store) -> None:
        self._store = store
        # without it, nodes that many others lead to would be looked at once for every way that leads there
        self._known: dict[tuple[BlankNode, int], bytes] = {}

    def line(self, triple: Triple, depth: int = _DEPTH + 1) -> bytes:
        """A triple without labels."""
        return b" ".join(
            self._term(each, depth) for each in (triple.subject, triple.predicate, triple.object)
        )

    def _term(self, term: Term, depth: int) -> bytes:
        """A term as it counts for the digest: a blank node is what is said of it."""
        if isinstance(term, Triple):
            return b"<<" + self.line(term, depth) + b">>"
        return self._description(term, depth - 1) if isinstance(term, BlankNode) else str(term).encode()

    def _description(self, node: BlankNode, depth: int) -> bytes:
        if depth == 0:
            return b"_:"
        if (node, depth) not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[node, depth] = self._said(node, depth)
        return self._known[node, depth]

    def _said(self, node: BlankNode, depth: int) -> bytes:
        said = [
            f"> {quad.predicate} ".encode() + self._term(quad.object, depth)
            for quad in self._store.quads_for_pattern(node, None, None)
        ]
        said += [
            f"< {quad.predicate} {quad.subject}".encode()
            for quad in self._store.quads_for_pattern(None, None, node)
            if isinstance(quad.subject, NamedNode)
        ]
        return b"_:" + sha256(b"\n".join(sorted(said))).hexdigest().encode()
