"""Files as they were at a revision of their git repository."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

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
    shown = _git(_folder(file), "show", f"{revision}:./{file.path.resolve().name}")
    return shown.stdout if shown.returncode == 0 else None


def _folder(file: CorpusFile) -> Path:
    return file.path.resolve().parent


def _gone(revision: str, corpus: Corpus, known: set[str]) -> list[CorpusFile]:
    """The files of the corpus's facts and ontology that were there at the revision and are no more."""
    listed = _git(corpus.root, "ls-tree", "-r", "--name-only", revision, "--", "data", "ontology")
    names = [name for name in listed.stdout.decode().splitlines() if name.endswith(".ttl")]
    return [
        file._replace(content=content)
        for name in names
        if name not in known and not name.startswith(_SHAPES)
        for file in [_file(corpus, name)]
        if (content := _at(revision, file)) is not None
    ]


def _file(corpus: Corpus, name: str) -> CorpusFile:
    from unpact.corpus import CorpusFile
    from unpact.names import GRAPH

    return CorpusFile(corpus.root / name, name, GRAPH + name.removesuffix(".ttl"), "gone")


def _known(revision: str, folder: Path) -> None:
    found = _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if found.returncode:
        inside = _git(folder, "rev-parse", "--is-inside-work-tree").returncode == 0
        raise UsageError(
            f"git knows no revision {revision!r}" if inside else "this is no git repository",
            where=str(folder),
            hint="Name a branch, a tag or a commit, such as --since origin/main."
            if inside
            else "Leave out --since.",
        )


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - a fixed program, and arguments that no shell reads
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - git is where the user has it
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise UsageError("git is not installed, and --since needs it") from None
