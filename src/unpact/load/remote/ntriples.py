"""The triples of a named graph as N-Triples, a few at a time, so that a graph of any size takes little
memory.
"""

from __future__ import annotations

from queue import Queue
from threading import Thread
from typing import IO, TYPE_CHECKING, cast

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse, serialize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyoxigraph import Store

    from unpact.graph.interface import Term

_STEP = 2**19
_STEPS_AHEAD = 4


def written(
    store: Store,
    graph: str,
    *,
    blank: bool | None = None,
    seen: Callable[[bytes], None] = lambda _: None,
) -> Iterator[bytes]:
    """The triples of a graph in whole lines, some thousand at a time.

    Args:
        store: that holds it.
        graph: its IRI.
        blank: only those with blank nodes, or only those without; all of them for None.
        seen: shown each part before it is given.
    """
    for part in _dumped(store, graph):
        wanted = part
        if blank is not None:
            with_blanks, others = parted(part)
            wanted = lines(with_blanks) if blank else others
        if wanted:
            seen(wanted)
            yield wanted


def lines(triples: list[Triple]) -> bytes:
    """Triples as lines of N-Triples."""
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def parted(text: bytes) -> tuple[list[Triple], bytes]:
    """The triples with blank nodes, and the lines of the others.

    Args:
        text: lines of N-Triples.
    """
    # most graphs have none, and this finds them faster than looking at each term
    if b"_:" not in text:
        return [], text
    others: list[bytes] = []
    suspected: list[bytes] = []
    for line in text.splitlines(keepends=True):
        (suspected if b"_:" in line else others).append(line)
    # a literal or an IRI may have these characters as well
    triples = [quad.triple for quad in parse(b"".join(suspected), format=RdfFormat.N_TRIPLES)]
    blank: list[Triple] = []
    ground: list[Triple] = []
    for triple in triples:
        (blank if any(blanks_of(triple)) else ground).append(triple)
    return blank, b"".join((*others, lines(ground)))


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


def _dumped(store: Store, graph: str) -> Iterator[bytes]:
    """What the engine writes, in steps of whole lines.

    It writes five times as fast by itself as triple by triple, and in a thread of its own it goes on while
    the last step is looked at and sent.
    """
    steps = _Steps()

    def dump() -> None:
        try:
            store.dump(cast("IO[bytes]", steps), format=RdfFormat.N_TRIPLES, from_graph=NamedNode(graph))
            steps.end()
        except BaseException as error:  # noqa: BLE001 - whoever reads the steps is to raise it
            steps.queue.put(error)

    thread = Thread(target=dump, name="unpact-dump", daemon=True)
    thread.start()
    try:
        while step := steps.queue.get():
            if isinstance(step, BaseException):
                raise step
            yield step
    finally:
        steps.leave()
        thread.join()


class _Steps:
    """Takes what the engine writes, and gives it in whole lines to whoever reads from the queue.

    The last step is empty.
    """

    def __init__(self) -> None:
        self.queue: Queue[bytes | BaseException] = Queue(_STEPS_AHEAD)
        self._kept = bytearray()
        self._left = False

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        if self._left:
            raise BrokenPipeError
        self._kept += data
        if len(self._kept) > _STEP and (end := self._kept.rfind(b"\n") + 1):
            step = bytes(self._kept[:end])
            del self._kept[:end]
            self.queue.put(step)
        return len(data)

    def flush(self) -> None:
        """Nothing waits but the beginning of a step."""

    def end(self) -> None:
        """Give what is left."""
        if self._kept:
            self.queue.put(bytes(self._kept))
        self.queue.put(b"")

    def leave(self) -> None:
        """Nobody reads any more: whoever writes gets rid of what it holds, and may write no more."""
        self._left = True
        while not self.queue.empty():
            self.queue.get_nowait()
