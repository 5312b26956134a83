"""What a load is made from: the graphs of a view, or some of them, and the user's own files."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad

from unpact.corpus.syntax import read_quads
from unpact.errors import DataSyntaxError, UsageError
from unpact.graph.view import asserted, build_view, view_files
from unpact.load.bulk import bulk_load, digest_of, of_triples, readable, size_of
from unpact.names import INFERRED_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from pyoxigraph import Store

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
        apart: bool = True,
        refused: Callable[[DataSyntaxError], None] | None = None,
        report: Callable[[str], None] = lambda _: None,
        read: Callable[[int], None] | None = None,
    ) -> None:
        """Put everything into an empty store.

        Args:
            store: may lie on disk; large files of the user's are streamed into it.
            apart: also the files that can be loaded by themselves (`apart`).
            refused: takes what is wrong with a file of the user's, which is then left out.
            report: takes the name of each file before it is read.
            read: is told of each number of bytes that was read from a file that is streamed.

        Raises:
            DataSyntaxError: for a file that is not RDF, unless `refused` takes it.
        """
        extra = [] if self.apart() and not apart else self.extra
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

    def apart(self) -> list[CorpusFile]:
        """The user's files, if each can be loaded by itself: a graph that no other file adds to."""
        if "inferred" in self.parts or "data" not in self.parts:
            return []
        graphs = [file.graph_iri for file in self._files()]
        # a file of quads may name any graph
        alone = len(set(graphs)) == len(graphs) and all(map(of_triples, self.extra))
        return self.extra if alone else []

    @property
    def streamed(self) -> int:
        """The bytes of the files that are streamed into the store."""
        return 0 if "inferred" in self.parts or "data" not in self.parts else sum(map(size_of, self.extra))

    def _files(self) -> list[CorpusFile]:
        return [*self._bundled, *self.extra, *self._shapes]

    def _wanted(self, files: Iterable[CorpusFile]) -> list[CorpusFile]:
        return [file for file in files if _LAYERS[file.layer] in self.parts]

    def _takes(self, quad: Quad, layers: Mapping[str, str]) -> bool:
        """Whether a quad of the view is wanted; what lies in graphs of users' files counts as data."""
        name = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
        part = "inferred" if name == INFERRED_GRAPH else _LAYERS[layers.get(name, "user")]
        return part in self.parts
