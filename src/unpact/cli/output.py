"""Where an answer goes: standard output, or a file that is either written whole or not touched."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from unpact.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

_unfinished: set[Path] = set()


@contextmanager
def opened(name: str | None) -> Iterator[TextIO]:
    """The stream for an answer: standard output for None and ``-``, else a file that appears when whole.

    Raises UsageError when the file cannot be written, be it the folder, the permissions or the space; an
    older file of that name is then as it was. A link is followed, permissions stay, and what is no regular
    file (a pipe, a device) is written directly.
    """
    if name is None or name == "-":
        yield sys.stdout
        sys.stdout.flush()
        return
    try:
        path = Path(name).resolve()
        with _direct(path) if _is_special(path) else _replacing(path) as stream:
            yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(
            f"cannot write {name}: {(error.strerror or str(error)).lower()}",
            hint="Name another file with -o FILE.",
        ) from None


def discard_unfinished() -> None:
    """Remove the temporary files of answers that are still being written."""
    for path in list(_unfinished):
        with suppress(OSError):
            path.unlink()


def _is_special(path: Path) -> bool:
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False


@contextmanager
def _direct(path: Path) -> Iterator[TextIO]:
    with path.open("w", encoding="utf-8", newline="") as stream:
        yield stream


@contextmanager
def _replacing(path: Path) -> Iterator[TextIO]:
    import tempfile

    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    temporary = Path(name)
    _unfinished.add(temporary)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode(path))
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    finally:
        _unfinished.discard(temporary)


def _mode(path: Path) -> int:
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    # the mask can only be read by setting it
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
