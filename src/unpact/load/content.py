"""What a load brings into a store: the graphs of a view, or some of them, and the user's own files."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack, contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode, Quad, Store

from unpact.corpus.syntax import read_quads
from unpact.errors import DataSyntaxError, UsageError
from unpact.graph.view import asserted, build_view, view_files
from unpact.load.bulk import bulk_load, digest_of, readable
from unpact.names import INFERRED_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from unpact.corpus import Corpus, CorpusFile

#: The parts that can be asked for; `data` is what the article states, and the user's own files.
PARTS = ("ontology", "data", "record", "inferred", "shapes")
#: What is loaded unless it is said: a view, so that every stored query answers as it does in memory.
USUAL = ("ontology", "data", "record", "inferred")

_LAYERS = {
    "ontology": "ontology",
    "article": "data",
    "record": "record",
    "user": "data",
    "shapes": "shapes",
}
# changes whenever the same files would be loaded in another way
_FORMAT = 1


# Bytes of files of which the store is built on disk. What is smaller takes no more in memory, 600 MiB a
# million triples, than the loader of a store on disk takes for itself, and memory is filled three times as
# fast.
_LARGE = 256 * 2**20
# how many times its size a compressed file of RDF has, roughly
_UNPACKED = 16


class Content(NamedTuple):
    """A dataset that is to be in a store.

    Args:
        store: has every triple in a named graph; it may lie on disk and be larger than the memory.
        key: a hash over all that the content was made from.
        view: `best` or `article`.
        sources: of each named graph, the file that it came from.
    """

    store: Store
    key: str
    view: str
    sources: Mapping[str, str]


class Sources:
    """The files that a load is made from.

    Args:
        corpus: the ontology, the rules and the bundled facts.
        extra: the user's own files.
        parts: some of `PARTS`.
        view: `best` or `article`.
        only_extra: leave out the bundled facts; the ontology stays, if it is asked for.

    Raises:
        UsageError: for an unknown part or view.
    """

    def __init__(
        self,
        corpus: Corpus,
        extra: Sequence[CorpusFile] = (),
        *,
        parts: Collection[str] = USUAL,
        view: str = "best",
        only_extra: bool = False,
    ) -> None:
        for part in parts:
            if part not in PARTS:
                hint = f"Choose among {', '.join(PARTS)} and all."
                raise UsageError(f"there is no part {part!r} to load", hint=hint)
        self.corpus = corpus
        self.extra = list(extra)
        self.parts = frozenset(parts)
        self.view = view
        self._only_extra = only_extra
        self._bundled = view_files(corpus, view, only_extra=only_extra)
        self._shapes = corpus.shape_files() if "shapes" in parts else []

    @property
    def is_view(self) -> bool:
        """Whether the content is a view as it is asked in memory, so that all answers must be the same."""
        return frozenset(USUAL) <= self.parts and not self._only_extra

    @property
    def names(self) -> dict[str, str]:
        """The file of each named graph that is wanted, as shown to people, by the graph's IRI."""
        named = {file.graph_iri: file.relative for file in self._wanted(self._files())}
        if "inferred" in self.parts:
            named[INFERRED_GRAPH] = "what follows from the other graphs"
        return named

    @property
    def key(self) -> str:
        """A hash over the files, and over how they are loaded.

        Raises:
            UsageError: for a file that cannot be read.
        """
        from unpact import __version__

        digest = hashlib.sha256()
        head = (str(_FORMAT), __version__, self.view, str(self._only_extra), *sorted(self.parts))
        digest.update("\n".join(head).encode())
        for file in [*self._files(), *self.corpus.rule_files()]:
            digest.update(f"\n{file.relative}\n{file.graph_iri}\n{digest_of(file)}".encode())
        return digest.hexdigest()

    def refuse_changed(self, key: str) -> None:
        """Refuse to go on where files are no longer what they were when `key` was made from them.

        Raises:
            UsageError: for files that have changed.
        """
        if self.key != key:
            raise UsageError("files have changed while they were loaded", hint="Load them again.")

    def fill(
        self,
        store: Store,
        *,
        refused: Callable[[DataSyntaxError], None] | None = None,
        report: Callable[[str], None] = lambda _: None,
        read: Callable[[int], None] | None = None,
    ) -> None:
        """Put everything into an empty store.

        Args:
            store: may lie on disk; large files of the user's are streamed into it.
            refused: takes what is wrong with a file of the user's, which is then left out.
            report: takes the name of each file before it is read.
            read: is told of each number of bytes that was read from a file that is streamed.

        Raises:
            DataSyntaxError: for a file that is not RDF, unless `refused` takes it.
        """
        extra = self.extra
        if refused is not None:
            extra = [file for file in extra if readable(file, refused)]
        if "inferred" in self.parts:
            report("what follows from the facts")
            graph = build_view(self.corpus, self.view, extra, only_extra=self._only_extra)
        else:
            # the ontology and the facts are read only where some of them are wanted
            graph, _ = asserted(self._bundled if self._wanted(self._bundled) else [])
            for file in extra if "data" in self.parts else ():
                report(file.relative)
                bulk_load(store, file, read)
        layers = {file.graph_iri: file.layer for file in self._bundled}
        store.bulk_extend(quad for quad in graph.store if self._takes(quad, layers))
        store.bulk_extend(quad for file in self._shapes for quad in read_quads(file))

    @contextmanager
    def content(
        self,
        *,
        refused: Callable[[DataSyntaxError], None] | None = None,
        report: Callable[[str], None] = lambda _: None,
        read: Callable[[int], None] | None = None,
    ) -> Iterator[Content]:
        """Everything in a store of its own, which is gone afterwards; arguments and errors as for `fill`.

        The store lies on disk where the files are large.
        """
        with ExitStack() as used:
            large = sum(_size(file) * (_UNPACKED if file.compressed else 1) for file in self.extra) > _LARGE
            folder = used.enter_context(TemporaryDirectory(prefix="unpact-")) if large else None
            store = Store() if folder is None else Store(folder)
            key = self.key
            left_out: list[DataSyntaxError] = []

            def note(error: DataSyntaxError) -> None:
                left_out.append(error)
                if refused is not None:
                    refused(error)

            self.fill(store, refused=None if refused is None else note, report=report, read=read)
            self.refuse_changed(key)
            # where files were left out, the next load has to look at them again
            yield Content(store, f"{key} in part" if left_out else key, self.view, self.names)
            # closes it, before its directory is removed
            del store

    @property
    def streamed(self) -> int:
        """The bytes of the files that are streamed into the store."""
        return 0 if "inferred" in self.parts or "data" not in self.parts else sum(map(_size, self.extra))

    def _files(self) -> list[CorpusFile]:
        return [*self._bundled, *self.extra, *self._shapes]

    def _wanted(self, files: Iterable[CorpusFile]) -> list[CorpusFile]:
        return [file for file in files if _LAYERS[file.layer] in self.parts]

    def _takes(self, quad: Quad, layers: Mapping[str, str]) -> bool:
        """Whether a quad of the view is wanted; what lies in graphs of users' files counts as data."""
        name = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
        part = "inferred" if name == INFERRED_GRAPH else _LAYERS[layers.get(name, "user")]
        return part in self.parts


def _size(file: CorpusFile) -> int:
    if file.content is not None:
        return len(file.content)
    try:
        return file.path.stat().st_size
    except OSError:
        # reading it will say what is wrong
        return 0
