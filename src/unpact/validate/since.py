"""What has changed since a revision of the files' git repository."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from unpact.errors import DataSyntaxError, UsageError
from unpact.shacl.footprint import Changes
from unpact.validate.checked import checked_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pyoxigraph import Triple

    from unpact.corpus import Corpus, CorpusFile
    from unpact.validate.checked import Checked


def changes_since(
    revision: str,
    checked: Checked,
    corpus: Corpus | None,
    shapes: Sequence[CorpusFile],
    *,
    cache: bool = True,
) -> Changes | None:
    """The triples by which what shapes see differs from what they saw at a revision.

    Args:
        revision: as git names it: a branch, a tag, a commit.
        checked: what shapes see now.
        corpus: whose rules and ontology take part; None for files that are checked as they are.
        shapes: that are asked.
        cache: keep on disk what the next run can use.

    Returns:
        None where everything has to be asked: shapes or rules have changed, or the files were not RDF then.

    Raises:
        UsageError: for a revision that there is not, and for files that git does not know.
    """
    rules = [] if corpus is None else [file.snapshot() for file in corpus.rule_files()]
    if any(_at(revision, file) != file.read() for file in (*shapes, *rules)):
        return None
    before = [(file, _at(revision, file)) for file in checked.files]
    try:
        if corpus is None:
            changed = [(file, old) for file, old in before if old != file.read()]
            then = _read(file._replace(content=old) for file, old in changed if old is not None)
            return Changes(then ^ _read(file for file, _ in changed))
        files = [file._replace(content=old) for file, old in before if old is not None]
        files += _gone(revision, corpus, checked.files)
        then = set(checked_files(files, rules, cache=cache).data.triples())
    except DataSyntaxError:
        return None
    return Changes(then ^ set(checked.data.triples()))


def _read(files: Iterable[CorpusFile]) -> set[Triple]:
    from unpact.corpus.syntax import read_quads

    return {quad.triple for file in files for quad in read_quads(file)}


def _at(revision: str, file: CorpusFile) -> bytes | None:
    """A file as it was; None where it was not there."""
    path = file.path.resolve()
    _known(revision, path.parent)
    shown = _git(path.parent, "show", f"{revision}:./{path.name}")
    return shown.stdout if shown.returncode == 0 else None


def _gone(revision: str, corpus: Corpus, files: Sequence[CorpusFile]) -> list[CorpusFile]:
    """The files of the corpus's facts and ontology that were there at the revision and are no more."""
    from unpact.names import GRAPH

    known = {file.relative for file in files}
    listed = _git(corpus.root, "ls-tree", "-r", "--name-only", revision, "--", "data", "ontology")
    names = [name for name in listed.stdout.decode().splitlines() if name.endswith(".ttl")]
    return [
        file._replace(content=content)
        for name in names
        if name not in known and not name.startswith("ontology/shapes/")
        for file in [_file(corpus, name, GRAPH)]
        if (content := _at(revision, file)) is not None
    ]


def _file(corpus: Corpus, name: str, namespace: str) -> CorpusFile:
    from unpact.corpus import CorpusFile

    return CorpusFile(corpus.root / name, name, namespace + name.removesuffix(".ttl"), "gone")


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
