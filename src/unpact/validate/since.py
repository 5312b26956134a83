"""The files of a graph as they were at a revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.corpus.revisions import content_at, is_revision, listed, top_of
from unpact.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from unpact.corpus import Corpus, CorpusFile

_ONTOLOGY, _SHAPES = "ontology/", "ontology/shapes/"


def files_at(
    revision: str, files: Sequence[CorpusFile], unchanged: Iterable[CorpusFile], corpus: Corpus | None
) -> list[CorpusFile] | None:
    """The files of a graph, with the contents that they had; those that were not there yet are left out.

    Args:
        revision: as git names it: a branch, a tag, a commit.
        files: that there are now.
        unchanged: what the graph is held against: its rules and shapes.
        corpus: whose facts and ontology are among the files; None where they are not.

    Returns:
        None where rules or shapes were others than they are now.

    Raises:
        UsageError: for a revision that there is not, and for files that git does not know.
    """
    fixed = list(unchanged)
    for folder in {_folder(file) for file in (*fixed, *files)}:
        _known(revision, folder)
    if any(_at(revision, file) != file.read() for file in fixed):
        return None
    found = [(file, _at(revision, file)) for file in files]
    then = [file._replace(content=content) for file, content in found if content is not None]
    if corpus is None:
        return then
    gone = _gone(revision, corpus, {file.relative for file in files})
    bundled = [*(file for file in then if file.layer != "user"), *gone]
    # in the order in which the files of a view come
    bundled.sort(key=lambda file: (not file.relative.startswith(_ONTOLOGY), file.relative))
    return [*bundled, *(file for file in then if file.layer == "user")]


def _at(revision: str, file: CorpusFile) -> bytes | None:
    """A file as it was; None where it was not there."""
    return content_at(_folder(file), revision, file.path.resolve().name)


def _folder(file: CorpusFile) -> Path:
    return file.path.resolve().parent


def _gone(revision: str, corpus: Corpus, known: set[str]) -> list[CorpusFile]:
    """The files of the corpus's facts and ontology that were there at the revision and are no more."""
    names = [entry.path for entry in listed(corpus.root, revision, "data", "ontology")]
    return [
        file._replace(content=content)
        for name in names
        if name.endswith(".ttl") and name not in known and not name.startswith(_SHAPES)
        for file in [_file(corpus, name)]
        if (content := _at(revision, file)) is not None
    ]


def _file(corpus: Corpus, name: str) -> CorpusFile:
    from unpact.corpus import CorpusFile
    from unpact.names import GRAPH

    return CorpusFile(corpus.root / name, name, GRAPH + name.removesuffix(".ttl"), "gone")


def _known(revision: str, folder: Path) -> None:
    if not is_revision(folder, revision):
        inside = top_of(folder) is not None
        raise UsageError(
            f"git knows no revision {revision!r}" if inside else "this is no git repository",
            where=str(folder),
            hint="Name a branch, a tag or a commit, such as --since origin/main."
            if inside
            else "Leave out --since.",
        )
