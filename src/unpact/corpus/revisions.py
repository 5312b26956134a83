"""Files as they were at a revision of their git repository."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, NamedTuple

from unpact.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_FILE_MODE = "100"


class Entry(NamedTuple):
    """A file of a tree: its path from the folder that was listed, with `/`, and the name of its content."""

    path: str
    blob: str


def top_of(folder: Path) -> Path | None:
    """The folder that the repository of `folder` begins in; None where it lies in none."""
    from pathlib import Path

    if not folder.is_dir():
        return None
    found = git(folder, "rev-parse", "--show-toplevel")
    return Path(found.stdout.decode().rstrip("\n")) if found.returncode == 0 else None


def is_revision(folder: Path, revision: str) -> bool:
    """Whether the repository of `folder` has a commit of this name: a branch, a tag, a hash, `HEAD~3`."""
    return git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").returncode == 0


def content_at(folder: Path, revision: str, name: str) -> bytes | None:
    """A file of `folder` as it was; None where it was not there."""
    shown = git(folder, "show", f"{revision}:./{name}")
    return shown.stdout if shown.returncode == 0 else None


def listed(folder: Path, revision: str, *paths: str) -> list[Entry]:
    """The files below `folder` at a revision, or those below `paths` in it; neither links nor submodules."""
    found = git(folder, "ls-tree", "-r", "-z", revision, "--", *paths)
    entries = []
    for line in found.stdout.decode(errors="surrogateescape").split("\0"):
        about, _, path = line.partition("\t")
        if about.startswith(_FILE_MODE):
            entries.append(Entry(path, about.split()[2]))
    return entries


def contents(folder: Path, entries: Sequence[Entry]) -> Iterator[tuple[Entry, bytes]]:
    """Each file with its bytes; git is asked once for all of them."""
    names = "".join(f"{entry.blob}\n" for entry in entries).encode()
    stream = git(folder, "cat-file", "--batch", given=names).stdout
    position = 0
    for entry in entries:
        # a line `<blob> blob <size>`, the bytes, and the end of a line
        end = stream.index(b"\n", position)
        begin = end + 1
        position = begin + int(stream[position:end].split()[2])
        yield entry, stream[begin:position]
        position += 1


def git(folder: Path, *arguments: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder, and hand it `given` on its standard input.

    Raises:
        UsageError: when git is not installed.
    """
    try:
        return subprocess.run(  # noqa: S603 - a fixed program, and arguments that no shell reads
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - git is where the user has it
            input=given,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise UsageError("git is not installed, and a revision needs it") from None
