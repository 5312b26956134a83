"""Locks between processes, each on a file of its own; the system lets go of them when a process ends."""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Lock:
    """A lock that one process holds alone, or several share; never waited for.

    Args:
        path: the file that stands for it; made when the lock is first taken.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[bytes] | None = None

    def take(self) -> bool:
        """Take it alone; whether that was possible."""
        return self._locked(alone=True)

    def share(self) -> bool:
        """Take it beside others who share it; whether that was possible."""
        return self._locked(alone=False)

    def release(self) -> None:
        """Let go of it; so does whoever drops this object."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _locked(self, *, alone: bool) -> bool:
        try:
            # neither empties a file that is there nor needs it to be there
            file = self.path.open("a+b")
        except PermissionError:
            if alone:
                raise
            # who may only read needs no lock: nobody who may write asks for it then
            return True
        except FileNotFoundError:
            return False
        # the file may be removed between being opened and being locked: then the lock is worth nothing
        if not _lock(file.fileno(), alone=alone) or not _same(file.fileno(), self.path):
            file.close()
            return False
        self._file = file
        return True


def _lock(handle: int, *, alone: bool) -> bool:
    try:
        import fcntl
    except ModuleNotFoundError:
        return _lock_on_windows(handle) if alone else True
    try:
        fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lock_on_windows(handle: int) -> bool:
    # readers need none there: the system does not let anybody remove a file that is open
    import msvcrt

    try:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # of Windows alone
    except OSError:
        return False
    return True


def _same(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
