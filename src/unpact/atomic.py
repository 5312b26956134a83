"""Files and folders that appear when they are whole, and until then leave what was there as it was."""

from __future__ import annotations

import os
import stat
from contextlib import ExitStack, contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING, TextIO, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

_unfinished: set[Path] = set()


@contextmanager
def text_file(path: Path, *, compressed: bool = False) -> Iterator[TextIO]:
    """The stream for a file of UTF-8 text, whose newlines stay as they are.

    The file takes the place of `path` once it is written; a link is followed, permissions stay, and what is
    no regular file (a pipe, a device) is written directly.

    Args:
        path: where the file goes.
        compressed: with gzip, without time and name, so that the same text has the same bytes.

    Raises:
        OSError: when it cannot be written.
    """
    path = path.resolve()
    with ExitStack() as closing:
        stream = closing.enter_context(_direct(path) if _is_special(path) else _replacing(path))
        if compressed:
            import gzip

            packed = closing.enter_context(gzip.GzipFile("", "wb", fileobj=stream, mtime=0))
            text = TextIOWrapper(cast("IO[bytes]", packed), encoding="utf-8", newline="")
        else:
            text = TextIOWrapper(stream, encoding="utf-8", newline="")
        # what is below is closed by those who opened it
        closing.callback(text.detach)
        yield text
        text.flush()


@contextmanager
def replacing_folder(path: Path) -> Iterator[Path]:
    """An empty folder that takes the place of `path`, and of all that was in it, once it is filled.

    Raises:
        OSError: when it cannot be written.
    """
    import tempfile

    temporary = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent))
    _unfinished.add(temporary)
    try:
        yield temporary
        temporary.chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o777 & ~_mask())
        _switch(temporary, path)
    finally:
        _discard(temporary)


def discard_unfinished() -> None:
    """Remove what is still being written, for a process that is about to end."""
    for path in list(_unfinished):
        _discard(path)


def _is_special(path: Path) -> bool:
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False


@contextmanager
def _direct(path: Path) -> Iterator[IO[bytes]]:
    with path.open("wb") as stream:
        yield stream


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    import tempfile

    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    temporary = Path(name)
    _unfinished.add(temporary)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_mask())
        temporary.replace(path)
    finally:
        _discard(temporary)


def _switch(new: Path, path: Path) -> None:
    # no call of every system replaces a folder that holds something: for a moment there is none
    old = new.with_suffix(".old")
    there_was_one = path.exists()
    if there_was_one:
        path.rename(old)
    try:
        new.rename(path)
    except OSError:
        if there_was_one:
            old.rename(path)
        raise
    _remove(old)


def _discard(path: Path) -> None:
    _unfinished.discard(path)
    _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        import shutil

        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def _mask() -> int:
    # the mask can only be read by setting it
    mask = os.umask(0)
    os.umask(mask)
    return mask
