"""One side of a comparison: RDF files, and what belongs to them where they are a tree of their own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from unpact.corpus import Corpus, bundled, user_files
from unpact.graph.view import view_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from unpact.corpus import CorpusFile

#: the file by which a tree with ontology, data and queries is known
MARK = "ontology/unpact.ttl"


class Version(NamedTuple):
    """The files of one side, with their contents.

    Args:
        name: as the user typed it.
        files: ontology and facts, in the order in which the files of a view come.
        shapes: the SHACL shapes of a tree; empty for other files.
        rules: the CONSTRUCT rules of a tree.
        queries: the stored queries of a tree.
        whole: whether it is a tree, which stands on its own. Other files stand beside the bundled ones.
    """

    name: str
    files: tuple[CorpusFile, ...]
    shapes: tuple[CorpusFile, ...] = ()
    rules: tuple[CorpusFile, ...] = ()
    queries: tuple[CorpusFile, ...] = ()
    whole: bool = False

    def with_files(self, change: Callable[[CorpusFile], CorpusFile]) -> Version:
        """The same version with each of its files changed."""
        return self._replace(
            files=tuple(map(change, self.files)),
            shapes=tuple(map(change, self.shapes)),
            rules=tuple(map(change, self.rules)),
            queries=tuple(map(change, self.queries)),
        )

    def view(self, *, only_data: bool = False) -> tuple[list[CorpusFile], list[CorpusFile]]:
        """The files of the view best of this side, and the rules that belong to it.

        Args:
            only_data: of files that are no tree, leave out the bundled facts; the ontology stays.
        """
        if self.whole:
            return list(self.files), list(self.rules)
        corpus = bundled()
        files = view_files(corpus, "best", self.files, only_extra=only_data)
        return [file.snapshot() for file in files], [file.snapshot() for file in corpus.rule_files()]


def read(path: Path | str, name: str) -> Version:
    """What lies at a path: a file, a tree, a folder of RDF, a pattern, or `-` for the standard input.

    Raises:
        UsageError: for a path that is not there or holds no RDF.
    """
    if str(path) != "-" and Path(path, MARK).is_file():
        return of_corpus(Corpus(path), name)
    return Version(name, tuple(file.snapshot() for file in user_files([path])))


def of_corpus(corpus: Corpus, name: str) -> Version:
    """A tree as it lies on disk."""
    found = Version(
        name,
        tuple(view_files(corpus)),
        tuple(corpus.shape_files()),
        tuple(corpus.rule_files()),
        tuple(corpus.query_files()),
        whole=True,
    )
    return found.with_files(lambda file: file.snapshot())
