"""Built views kept on disk between runs, each under the hash of everything it was built from.

An entry is a file (N-Quads for a graph) whose first line is a comment with the checksum of the rest, so that
a torn or damaged entry is noticed and built again. Entries are written aside and moved into place, so two
processes can build the same one at once. A directory that cannot be written to costs speed and nothing else.
"""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from pathlib import Path

#: Raise it when the meaning of an entry changes: other rules of inference, other graphs, another form.
FORMAT = 3

#: What is kept of each kind: the newest entries, so many and together so large, but always the newest one.
MOST_ENTRIES, MOST_BYTES = 24, 2 * 1024**3
_MARK = b"# unpact view, sha256 "
#: what an entry is: the graph of a view, how what follows in it was reached, or where it contradicts itself
GRAPH, DERIVATIONS, CONTRADICTIONS = ".nq", ".json", ".clashes"
_ABANDONED = 3600.0


def directory() -> Path:
    """Where entries are kept: `UNPACT_CACHE_DIR`, else `unpact` in the user's cache directory."""
    chosen = os.environ.get("UNPACT_CACHE_DIR")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME")
    if not base:
        home = os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises where there is no home
        if sys.platform == "darwin":
            base = os.path.join(home, "Library", "Caches")  # noqa: PTH118 - as above
        elif sys.platform == "win32":
            base = os.environ.get("LOCALAPPDATA") or home
        else:
            base = os.path.join(home, ".cache")  # noqa: PTH118 - as above
    return Path(base) / "unpact"


def load(key: str, suffix: str = GRAPH) -> bytes | None:
    """The content of an entry, below a line with its checksum; None when there is none, or it is damaged."""
    path = directory() / (key + suffix)
    try:
        content = path.read_bytes()
    except OSError:
        return None
    # the checksum is a comment of N-Quads, so the content is handed on as it is, without a copy
    end = content.find(b"\n") + 1
    if content[:end] != _header(memoryview(content)[end:]):
        return None
    with suppress(OSError):
        # its time tells which entries are in use when old ones are pruned
        os.utime(path)
    return content


def body(content: bytes) -> bytes:
    """An entry without the line with its checksum, for forms that have no comments."""
    return content[content.find(b"\n") + 1 :]


def save(key: str, content: bytes, suffix: str = GRAPH) -> bool:
    """Keep an entry and drop the oldest ones; whether it could be kept."""
    folder = directory()
    # the process and the key make the name unique: one process does not write one entry twice at once
    unfinished = folder / f"{key}{suffix}.{os.getpid()}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with unfinished.open("xb") as stream:
            stream.write(_header(content))
            stream.write(content)
        unfinished.replace(folder / (key + suffix))
    except OSError:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        return False
    _prune(folder, suffix)
    return True


def _header(body: bytes | memoryview) -> bytes:
    return _MARK + hashlib.sha256(body).hexdigest().encode() + b"\n"


def _prune(folder: Path, suffix: str) -> None:
    """Remove all but the newest entries of a kind, and what a killed process left unfinished."""
    import time

    now = time.time()
    aged = []
    try:
        for path in folder.iterdir():
            found = path.stat()
            age = now - found.st_mtime
            if path.suffix == suffix:
                aged.append((age, path, found.st_size))
            elif path.suffix == ".tmp" and age > _ABANDONED:
                path.unlink(missing_ok=True)
        size = 0
        for place, (_, path, each) in enumerate(sorted(aged)):
            size += each
            if place >= MOST_ENTRIES or (place and size > MOST_BYTES):
                path.unlink(missing_ok=True)
    except OSError:
        # another process is pruning too, or the directory went away: nothing depends on this
        return
