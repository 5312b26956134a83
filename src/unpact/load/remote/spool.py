"""Bytes that are written once and read as often as wanted: in memory while they are few, else in a temporary
file.
"""

from __future__ import annotations

import os
from tempfile import SpooledTemporaryFile, gettempdir
from typing import IO, TYPE_CHECKING

from unpact.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator


class Spool:
    """What was written so far. It is gone when it is closed, or when nobody holds it any more.

    Args:
        most: bytes that are kept in memory.
    """

    def __init__(self, most: int) -> None:
        self._file: IO[bytes] = SpooledTemporaryFile(most)  # noqa: SIM115 - it is closed by `close`
        self.size = 0

    @staticmethod
    def of(file: IO[bytes]) -> Spool:
        """What is in a file that another process has written."""
        spool = Spool(0)
        spool._file, spool.size = file, os.fstat(file.fileno()).st_size
        return spool

    def write(self, data: bytes) -> int:
        """Add some bytes at the end; how many.

        Raises:
            StoreError: where the disk has no room for them.
        """
        try:
            self._file.seek(self.size)
            self._file.write(data)
            # what waits in a buffer might find no room later, where nobody looks for it
            self._file.flush()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            hint = "Make room there, or set TMPDIR to a directory that has some."
            raise StoreError(f"cannot keep what is loaded: {reason}", where=gettempdir(), hint=hint) from None
        self.size += len(data)
        return len(data)

    def read(self, at: int, most: int) -> bytes:
        """So many bytes from there on, or as many as there are."""
        self._file.seek(at)
        return self._file.read(most)

    def lines(self, step: int) -> Iterator[bytes]:
        """All of it in parts of whole lines, of `step` bytes at most where no line is longer than that.

        Several readers may be under way at once.
        """
        at = 0
        while at < self.size:
            size = step
            while not (part := self._whole(at, size)):
                size *= 2
            at += len(part)
            yield part

    def close(self) -> None:
        """Let go of it."""
        self._file.close()

    def _whole(self, at: int, size: int) -> bytes:
        part = self.read(at, size)
        return part if at + len(part) == self.size else part[: part.rfind(b"\n") + 1]
