"""What a user means by the name of a version: a path, a git revision, or the files that came with unpact.

A name is read in this order, and refused where two readings fit:

1. `-` is the standard input, and `bundled` the files that came with unpact; `./bundled` is a path.
2. `REV:PATH` is a file or folder at a revision. As in git, the path begins at the top of the repository, or,
   with `./`, where one stands; `REV:` alone is the same as `REV`.
3. What is on disk is what is on disk. A name that begins with `.` or `/` is never a revision.
4. A git revision is the working state as it was then.

The *working state* is the tree with an ontology around the current folder; without one, the RDF in the
current folder if that lies in a git repository; and otherwise the bundled files.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from unpact.corpus import bundled
from unpact.corpus.files import COMPRESSED, RDF_SUFFIXES
from unpact.corpus.revisions import contents, is_revision, listed, top_of
from unpact.diff.version import MARK, Version, read
from unpact.errors import UsageError
from unpact.temporary import temporary_directory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.corpus import CorpusFile
    from unpact.corpus.revisions import Entry

BUNDLED, STDIN, HEAD, WORKING = "bundled", "-", "HEAD", "working state"
_NEVER_REVISIONS = (".", "/", "~", "\\")
_PARTS = ("ontology/", "data/", "queries/")
_SUFFIXES = (*RDF_SUFFIXES, ".rq")


class Place(NamedTuple):
    """Where the working state lies."""

    folder: Path
    top: Path | None
    """The repository around it, if there is one."""


def versions(old: str | None = None, new: str | None = None) -> tuple[Version, Version]:
    """The two versions that are meant.

    Args:
        old: a name as above, or `A..B` without a second name; the last commit, where it is None.
        new: a name as above; where it is None the working state, or, for a path at a revision, that path.

    Raises:
        UsageError: for a name that is nothing, or two things; with what to type.
    """
    if new is None and old is not None and ".." in old and not _on_disk(old):
        # no part of a revision begins with a dot, so nothing else is meant
        begin, _, end = old.partition("..")
        if begin and ":" not in old and not begin.startswith(_NEVER_REVISIONS):
            return version(begin), version(end or HEAD)
    if old == new == STDIN:
        raise UsageError("the standard input can be read only once", where=STDIN)
    first = version(HEAD if old is None else old)
    return first, version(new) if new is not None else _counterpart(old)


def version(name: str) -> Version:
    """The version of one name; errors as for `versions`."""
    if name == STDIN:
        return read(STDIN, name)
    if name == BUNDLED:
        return read(bundled().root, name)
    there = _on_disk(name)
    if name.startswith(_NEVER_REVISIONS) or (there and ":" in name):
        return read(name, name)
    revision, _, path = name.partition(":")
    place = _working_place()
    known = place.top is not None and is_revision(place.folder, revision)
    if there and known:
        raise UsageError(
            f"{name!r} is on disk here, and is a git revision as well",
            hint=f"Type ./{name} for what is on disk, or {name}: for the revision.",
        )
    if there or (not known and any(character in name for character in "*?[")):
        return read(name, name)
    if not known:
        raise _unknown(name, revision, place)
    return _at(name, revision, *_path_at(name, path, place))


def working() -> Version:
    """The working state."""
    return read(_working_place().folder, WORKING)


def _counterpart(old: str | None) -> Version:
    """What a single version is compared with."""
    if old is None or old == BUNDLED:
        return working()
    _, _, path = old.partition(":")
    if path and not _on_disk(old):
        folder, below = _path_at(old, path, _working_place())
        return read(folder / below, below)
    if old == STDIN or (_on_disk(old) and not Path(old, MARK).is_file()):
        raise UsageError(f"{old} is to be compared with what?", hint=f"Type: unpact diff {old} NEW.")
    return working()


def _working_place() -> Place:
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / MARK).is_file():
            return Place(folder, top_of(folder))
    top = top_of(here)
    if top is not None:
        return Place(here, top)
    root = bundled().root
    return Place(root, top_of(root))


def _path_at(name: str, path: str, place: Place) -> tuple[Path, str]:
    """The folder that a path behind a revision begins in, and the path from there; empty for all of it."""
    if not path or place.top is None:
        return place.folder, ""
    if not path.startswith(("./", "../")):
        return place.top, path.rstrip("/")
    here = Path.cwd()
    start = here if here.is_relative_to(place.top) else place.folder
    found = Path(os.path.normpath(start / path))
    if not found.is_relative_to(place.top):
        raise UsageError("the path leads out of the repository", where=name, hint="Name one inside it.")
    below = found.relative_to(place.top).as_posix()
    return place.top, "" if below == "." else below


def _at(name: str, revision: str, folder: Path, path: str = "") -> Version:
    """A file or folder as it was at a revision that there is."""
    entries = listed(folder, revision, *([path] if path else []))
    if not entries:
        raise UsageError(
            f"{path or 'this folder'} was not there at {revision}",
            where=name,
            hint=f"Type: git ls-tree -r --name-only {revision}",
        )
    prefix = f"{path}/" if path else ""
    tree = any(entry.path == prefix + MARK for entry in entries)
    wanted = [entry for entry in entries if _is_read(entry.path.removeprefix(prefix), tree=tree)]
    with _written(folder, wanted) as copy:
        # a folder without RDF is one all the same
        if entries[0].path != path:
            (copy / path).mkdir(parents=True, exist_ok=True)
        try:
            found = read(copy / path, name)
        except UsageError as error:
            raise UsageError(error.message, where=name, hint=error.hint) from None

    def renamed(file: CorpusFile) -> CorpusFile:
        shown = f"{revision}:{file.path.relative_to(copy).as_posix()}"
        return file._replace(path=Path(shown), relative=shown if file.layer == "user" else file.relative)

    return found.with_files(renamed)


def _is_read(path: str, *, tree: bool) -> bool:
    if tree and not path.startswith(_PARTS):
        return False
    return path.lower().removesuffix(COMPRESSED).endswith(_SUFFIXES)


@contextmanager
def _written(folder: Path, entries: list[Entry]) -> Iterator[Path]:
    """The files of a revision in a folder of their own for as long as they are read."""
    with temporary_directory() as name:
        copy = Path(name)
        for entry, content in contents(folder, entries):
            target = copy / entry.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        yield copy


def _on_disk(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False


def _unknown(name: str, revision: str, place: Place) -> UsageError:
    if place.top is None:
        return UsageError(
            f"{name!r} is neither a file nor a directory, and this is no git repository",
            hint="Name two files or directories: unpact diff old.ttl new.ttl.",
        )
    what = (
        f"git knows no revision {revision!r}" if ":" in name else f"{name!r} is no file and no git revision"
    )
    return UsageError(
        what,
        where=str(place.top),
        hint="Name a path, or a branch, tag or commit: unpact diff HEAD~1.",
    )
