"""What must be known of a graph before it is sent: how many triples, what they say, and whose blank nodes
they have.

The digest of a graph depends neither on the order of its triples nor on the labels of its blank nodes, so a
graph that has not changed is recognised in the next load, however it was read.
"""

from __future__ import annotations

from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, NamedNode, Triple

from unpact.errors import UsageError
from unpact.load.remote.ntriples import parted, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

    from unpact.graph.interface import Term

_BITS = 256
# blank nodes within blank nodes, as in lists, are told apart down to here
_DEPTH = 12
_REMEMBERED = 50_000


class Survey(NamedTuple):
    """What a graph is made of.

    Args:
        triples: how many.
        blank: how many of them have blank nodes.
        digest: SHA-256 in hexadecimal; the same for graphs that say the same.
    """

    triples: int
    blank: int
    digest: str


def survey(store: Store, graph: str) -> Survey:
    """Look through a graph in one pass that keeps none of its triples.

    Raises:
        UsageError: for a blank node that another graph has as well. It would become two.
    """
    surveyor = Surveyor(store, graph)
    for _ in written(store, graph, seen=surveyor.see):
        pass
    return surveyor.result()


class Surveyor:
    """Looks at the triples of a graph while they go by, each once, in any order.

    Args:
        store: that holds the graph.
        graph: its IRI.
    """

    def __init__(self, store: Store, graph: str) -> None:
        self._store = store
        self._graph = NamedNode(graph)
        self._known: dict[BlankNode, bytes] = {}
        self._triples = self._blank = self._sum = 0

    def see(self, text: bytes) -> None:
        """Take in some triples of the graph.

        Args:
            text: in lines of N-Triples.

        Raises:
            UsageError: for a blank node that another graph has as well.
        """
        self._triples += text.count(b"\n")
        blank, others = parted(text)
        self._blank += len(blank)
        self._sum += sum(_number(self._line(each)) for each in blank)
        self._sum += sum(map(_number, others.splitlines()))

    def result(self) -> Survey:
        """What was seen so far."""
        total = f"{self._triples} {self._sum % 2**_BITS:064x}"
        return Survey(self._triples, self._blank, sha256(total.encode()).hexdigest())

    def _line(self, triple: Triple) -> bytes:
        return b" ".join(map(self._colour, (triple.subject, triple.predicate, triple.object)))

    def _colour(self, term: Term) -> bytes:
        """A term as it counts for the digest: a blank node is what is said of it."""
        if isinstance(term, Triple):
            return b"<<" + self._line(term) + b">>"
        if not isinstance(term, BlankNode):
            return str(term).encode()
        if term not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._refuse_if_shared(term)
            self._known[term] = self._description(term, _DEPTH)
        return self._known[term]

    def _description(self, node: BlankNode, depth: int) -> bytes:
        if depth == 0:
            return b"_:"
        said = [
            f"> {quad.predicate} ".encode() + self._nested(quad.object, depth)
            for quad in self._store.quads_for_pattern(node, None, None, self._graph)
        ]
        said += [
            f"< {quad.predicate} {quad.subject}".encode()
            for quad in self._store.quads_for_pattern(None, None, node, self._graph)
            if isinstance(quad.subject, NamedNode)
        ]
        return b"_:" + sha256(b"\n".join(sorted(said))).hexdigest().encode()

    def _nested(self, term: Term, depth: int) -> bytes:
        return self._description(term, depth - 1) if isinstance(term, BlankNode) else str(term).encode()

    def _refuse_if_shared(self, node: BlankNode) -> None:
        for other in self._graphs_of(node):
            if other != self._graph:
                name = getattr(other, "value", "the default graph")
                raise UsageError(
                    f"a blank node of {self._graph.value} is in {name} too",
                    hint="A service would take it for two: give the thing a name.",
                )

    def _graphs_of(self, node: BlankNode) -> Iterator[object]:
        as_subject = self._store.quads_for_pattern(node, None, None)
        as_object = self._store.quads_for_pattern(None, None, node)
        for quad in chain(as_subject, as_object):
            yield quad.graph_name


def _number(line: bytes) -> int:
    return int.from_bytes(sha256(line).digest())
