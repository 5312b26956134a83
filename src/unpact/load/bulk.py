"""Files of any size on their way into a store, without a copy of them in memory."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from contextlib import ExitStack, contextmanager
from io import BytesIO
from typing import IO, TYPE_CHECKING, TypeVar, cast

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from unpact.corpus.files import unreadable
from unpact.corpus.syntax import BOM, damaged, syntax_error, syntax_of
from unpact.errors import DataSyntaxError
from unpact.temporary import temporary_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from unpact.corpus import CorpusFile

T = TypeVar("T")

# the engine puts all of such a file into one graph
_OF_TRIPLES = frozenset((RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML))
_DAMAGED = (gzip.BadGzipFile, EOFError, zlib.error)


def bulk_load(store: Store, file: CorpusFile, read: Callable[[int], None] | None = None) -> None:
    """Stream a file into a store: triples into the file's graph, quads into the graphs that they name.

    Blank nodes get names of their own. Part of a file that turns out to be malformed may be in the store.

    Args:
        store: to fill.
        file: to read.
        read: is told of each number of bytes that was read from disk.

    Raises:
        DataSyntaxError: for syntax that its standard does not allow, with line and column.
        UsageError: when the file cannot be read.
    """
    syntax = syntax_of(file)
    graph = NamedNode(file.graph_iri)
    with _opened(file, read) as stream:
        if syntax in _OF_TRIPLES:
            store.bulk_load(input=stream, format=syntax, base_iri=file.graph_iri, to_graph=graph)
            return
        store.bulk_extend(
            Quad(quad.subject, quad.predicate, quad.object, graph)
            if isinstance(quad.graph_name, DefaultGraph)
            else quad
            for quad in parse(input=stream, format=syntax, base_iri=file.graph_iri, rename_blank_nodes=True)
        )


@contextmanager
def triples_in(file: CorpusFile, read: Callable[[int], None] | None = None) -> Iterator[Iterator[Quad]]:
    """The triples of a file while it is read, as quads of the default graph; arguments and errors as for
    `bulk_load`.
    """
    with _opened(file, read) as stream:
        yield parse(input=stream, format=syntax_of(file), base_iri=file.graph_iri)


def of_lines(file: CorpusFile) -> bool:
    """Whether each line of a file is a triple by itself."""
    return syntax_of(file) == RdfFormat.N_TRIPLES


def of_triples(file: CorpusFile) -> bool:
    """Whether all of a file is one graph, by the syntax that its name tells."""
    return syntax_of(file) in _OF_TRIPLES


def readable(file: CorpusFile, refused: Callable[[DataSyntaxError], None]) -> bool:
    """Whether all of a file is RDF; if not, `refused` is told what is wrong with it."""
    try:
        with triples_in(file) as quads:
            for _ in quads:
                pass
    except DataSyntaxError as error:
        refused(error)
        return False
    return True


def digest_of(file: CorpusFile) -> str:
    """The SHA-256 of the bytes of a file, in hexadecimal.

    Raises:
        UsageError: when the file cannot be read.
    """
    if file.content is not None:
        return hashlib.sha256(file.content).hexdigest()
    try:
        with file.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(file.path, error) from None


def size_of(file: CorpusFile) -> int:
    """The bytes of a file as it lies on disk; 0 where it cannot be read, which reading it will say."""
    if file.content is not None:
        return len(file.content)
    try:
        return file.path.stat().st_size
    except OSError:
        return 0


def with_store(use: Callable[[Store], T], *, on_disk: bool) -> T:
    """What `use` makes of an empty store, which is gone afterwards.

    Args:
        use: fills it and looks at it.
        on_disk: for what may be larger than the memory.
    """
    with ExitStack() as used:
        folder = used.enter_context(temporary_directory()) if on_disk else None
        store = Store(folder)
        found = use(store)
        # closes it, before its directory is removed
        del store
    return found


@contextmanager
def _opened(file: CorpusFile, read: Callable[[int], None] | None = None) -> Iterator[IO[bytes]]:
    """The RDF text of a file; what the engine finds wrong with it is raised as our own error."""
    with ExitStack() as opened:
        try:
            raw = BytesIO(file.content) if file.content is not None else file.path.open("rb")
        except OSError as error:
            raise unreadable(file.path, error) from None
        opened.enter_context(raw)
        source = raw if read is None else cast("IO[bytes]", _Counted(raw, read))
        stream = cast("IO[bytes]", opened.enter_context(gzip.open(source)) if file.compressed else source)
        try:
            if stream.read(len(BOM)) != BOM:
                stream.seek(0)
            yield stream
        except SyntaxError as error:
            raise syntax_error(file, error) from None
        except _DAMAGED as error:
            raise damaged(file, error) from None


class _Counted:
    """A binary stream that tells how much is read from it."""

    def __init__(self, stream: IO[bytes], told: Callable[[int], None]) -> None:
        self._stream = stream
        self._told = told

    def read(self, size: int = -1) -> bytes:
        """As of any stream."""
        content = self._stream.read(size)
        self._told(len(content))
        return content

    def seek(self, offset: int, whence: int = 0) -> int:
        """As of any stream; what is read twice is told twice."""
        return self._stream.seek(offset, whence)
