"""A named graph on its way into a service: lines of N-Triples, written once, and what is known of them.

No store holds the triples, so that a graph of any size takes little memory, and it is sent as fast as it can
be read.
"""

from __future__ import annotations

from contextlib import contextmanager
from itertools import islice
from typing import IO, TYPE_CHECKING, cast

from pyoxigraph import NamedNode, Quad, RdfFormat

from unpact.load.bulk import of_lines, size_of, triples_in, with_store
from unpact.load.remote.digest import digest_of_graph, hashes_by_meaning
from unpact.load.remote.distinct_lines import DistinctLines
from unpact.load.remote.ntriples import lines, parted, triples_of
from unpact.load.remote.shares import processes, read_by_shares

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyoxigraph import Store, Triple

    from unpact.corpus import CorpusFile
    from unpact.load.remote.shares import Share

_STEP = 2**19
# triples that are read at once: about a step
_AT_ONCE = 4_000
# bytes of the lines with blank nodes, up to which they are looked up in memory
_LARGE = 2**28
# bytes of a file, from which on several processes read it
_SHARED = 2**25


class GraphText:
    """Takes lines of a graph, as the engine writes them, and gives each once when there are no more."""

    def __init__(self) -> None:
        self._blank, self._ground = DistinctLines(), DistinctLines()
        self._digest = ""

    def add(self, text: bytes) -> None:
        """Take whole lines.

        Raises:
            StoreError: where the disk has no room for them.
        """
        blank, ground = parted(text)
        self._blank.add(blank)
        self._ground.add(ground)

    def add_share(self, share: Share) -> None:
        """Take what another process has written."""
        self._blank.add_written(share.blank)
        self._ground.add_written(share.ground)

    def end(self) -> None:
        """There are no more lines."""
        self._blank.end()
        self._ground.end()

    @property
    def triples(self) -> int:
        """How many there are."""
        return self._blank.number + self._ground.number

    @property
    def blank(self) -> int:
        """How many of them have blank nodes."""
        return self._blank.number

    @property
    def size(self) -> int:
        """Bytes of all lines."""
        return self._blank.size + self._ground.size

    @property
    def digest(self) -> str:
        """What the graph says (`unpact.load.remote.digest`); found faster when all of it was written."""
        if not self._digest:
            self._digest = digest_of_graph(self.triples, self._hashes_by_meaning() + self._ground.hashes)
        return self._digest

    def written(self, *, blank: bool | None = None) -> Iterator[bytes]:
        """The triples in whole lines, some thousand at a time. Several readers may be under way at once.

        Args:
            blank: only those with blank nodes, or only those without; all of them for None.
        """
        if blank is not False:
            yield from self._blank.parts()
        if blank is not True:
            yield from self._ground.parts()

    def close(self) -> None:
        """Let go of the lines."""
        self._blank.close()
        self._ground.close()

    def blank_triples(self) -> Iterator[Triple]:
        """The triples with blank nodes."""
        return (triple for part in self.written(blank=True) for triple in triples_of(part))

    def _hashes_by_meaning(self) -> int:
        def looked_up(store: Store) -> int:
            # not loaded by the engine from the lines: it would give the nodes of each part other labels
            triples = self.blank_triples()
            store.bulk_extend(Quad(each.subject, each.predicate, each.object) for each in triples)
            return hashes_by_meaning(store)

        # a store tells what is said of a node
        return with_store(looked_up, on_disk=self._blank.size > _LARGE)


def text_of_graph(store: Store, graph: str) -> GraphText:
    """A graph that lies in a store.

    Raises:
        StoreError: where the disk has no room for the lines.
    """
    with _begun() as text:
        writer = _Writer(text)
        # as the engine writes them: five times as fast as triple by triple
        store.dump(cast("IO[bytes]", writer), format=RdfFormat.N_TRIPLES, from_graph=NamedNode(graph))
        writer.end()
    return text


def text_of_file(file: CorpusFile, read: Callable[[int], None] | None = None) -> GraphText:
    """A file of triples, as its own graph. Its blank nodes are those of no other.

    Args:
        file: in a syntax that knows no named graphs.
        read: is told of each number of bytes that was read from disk.

    Raises:
        DataSyntaxError: for syntax that its standard does not allow, with line and column.
        UsageError: when the file cannot be read.
        StoreError: where the disk has no room for the lines.
    """
    with _begun() as text:
        shares = _shares(file, read)
        for share in shares:
            text.add_share(share)
        if not shares:
            with triples_in(file, read) as triples:
                while part := lines(islice(triples, _AT_ONCE)):
                    text.add(part)
    return text


def _shares(file: CorpusFile, read: Callable[[int], None] | None) -> list[Share]:
    """What several processes have read, where that is worth while."""
    number = processes()
    lone = file.content is not None or file.compressed or not of_lines(file)
    if lone or number == 1 or size_of(file) < _SHARED:
        return []
    return read_by_shares(file.path, number, read)


@contextmanager
def _begun() -> Iterator[GraphText]:
    """A text that has no more lines afterwards; it is gone when something goes wrong."""
    text = GraphText()
    try:
        yield text
        text.end()
    except BaseException:
        text.close()
        raise


class _Writer:
    """Takes lines in parts that end anywhere."""

    def __init__(self, text: GraphText) -> None:
        self._text = text
        self._kept = bytearray()

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        self._kept += data
        if len(self._kept) > _STEP and (end := self._kept.rfind(b"\n") + 1):
            self._text.add(bytes(self._kept[:end]))
            del self._kept[:end]
        return len(data)

    def flush(self) -> None:
        """Nothing waits but the beginning of a step."""

    def end(self) -> None:
        """Take what is left."""
        self._text.add(bytes(self._kept))
