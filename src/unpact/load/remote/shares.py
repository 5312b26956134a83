"""A large file of N-Triples, read by several processes, each of which takes a share of the lines.

Run as a module it is one of these processes.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from array import array
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, NamedTuple

from pyoxigraph import RdfFormat, parse

from unpact.corpus.syntax import BOM
from unpact.load.remote.ntriples import lines, parted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_STEP = 2**19
# more of them would wait for the disk
_MOST = 8
# seconds between two looks at how far they are
_PULSE = 0.1


class Written(NamedTuple):
    """Lines as the engine writes them, and Python's number of each.

    Args:
        lines: one after another, in a file that has no name.
        numbers: of 64 bits, in the order of the lines.
    """

    lines: IO[bytes]
    numbers: IO[bytes]


class Share(NamedTuple):
    """What one process has written.

    Args:
        blank: the lines with blank nodes.
        ground: the others.
    """

    blank: Written
    ground: Written

    @property
    def files(self) -> Iterator[IO[bytes]]:
        """All of its files."""
        yield from (*self.blank, *self.ground)


def processes() -> int:
    """How many processes can run at once; 1 where they could not be given files without names."""
    if os.name != "posix":
        return 1
    # os.process_cpu_count is of Python 3.13
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    return min(len(allowed), _MOST)


def read_by_shares(path: Path, number: int, read: Callable[[int], None] | None = None) -> list[Share]:
    """Read a file of N-Triples.

    Args:
        path: of the file.
        number: of processes.
        read: is told of each number of bytes that was read, roughly.

    Returns:
        what each has written, in the order of the file; nothing where one of them could not do it, because of
        an error in the file or for any other reason.
    """
    # one way to number lines for all processes
    seed = str(secrets.randbelow(2**32))
    with ExitStack() as opened, ExitStack() as running:
        try:
            size = path.stat().st_size
            bounds = [size * each // number for each in range(number + 1)]
            shares = [_opened(opened) for _ in range(number)]
            started = [
                _started(running, path, begin, end, share, seed)
                for share, begin, end in zip(shares, bounds[:-1], bounds[1:], strict=True)
            ]
        except OSError:
            return []
        _wait(started, shares, read)
        if any(process.returncode for process in started):
            return []
        opened.pop_all()
    return shares


def _opened(opened: ExitStack) -> Share:
    files = [opened.enter_context(TemporaryFile()) for _ in range(4)]  # noqa: SIM115 - the caller closes them
    return Share(Written(*files[:2]), Written(*files[2:]))


def _started(
    running: ExitStack, path: Path, begin: int, end: int, share: Share, seed: str
) -> subprocess.Popen[bytes]:
    handles = [file.fileno() for file in share.files]
    # -P: without the working directory among the places that modules come from
    command = [sys.executable, "-P", "-m", __name__, str(path), *map(str, (begin, end, *handles))]
    process = subprocess.Popen(  # noqa: S603 - our own module
        command,
        stdin=subprocess.DEVNULL,
        # whoever reads the file after all says what is wrong with it
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONHASHSEED": seed},
        pass_fds=handles,
    )
    # it does not outlive this, whatever happens
    running.callback(process.wait)
    running.callback(process.kill)
    return process


def _wait(
    started: Sequence[subprocess.Popen[bytes]], shares: Sequence[Share], read: Callable[[int], None] | None
) -> None:
    told = 0
    for process in started:
        while process.returncode is None:
            try:
                process.wait(_PULSE)
            except subprocess.TimeoutExpired:
                # what is read is about as long as what is written
                done = sum(os.fstat(part.lines.fileno()).st_size for share in shares for part in share)
                if read is not None:
                    read(done - told)
                told = done
        if process.returncode:
            return


def _read(path: Path, begin: int, end: int, share: Share) -> None:
    """Read the lines that begin in a part of a file.

    Raises:
        SyntaxError: where they are not N-Triples.
        OSError: where they cannot be read, or written.
    """
    for text in _lines(path, begin, end):
        written = lines(parse(text, format=RdfFormat.N_TRIPLES))
        for part, found in zip(share, parted(written), strict=True):
            part.lines.write(found)
            array("q", map(hash, found.splitlines())).tofile(part.numbers)


def _lines(path: Path, begin: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as stream:
        if begin:
            stream.seek(begin - 1)
            stream.readline()
        elif stream.read(len(BOM)) != BOM:
            stream.seek(0)
        while (left := end - stream.tell()) > 0:
            text = stream.read(min(left, _STEP))
            yield text if text.endswith(b"\n") else text + stream.readline()


def _main() -> None:
    path, *numbers = sys.argv[1:]
    begin, end, *handles = map(int, numbers)
    with ExitStack() as opened:
        files = [opened.enter_context(os.fdopen(handle, "wb")) for handle in handles]
        _read(Path(path), begin, end, Share(Written(*files[:2]), Written(*files[2:])))


if __name__ == "__main__":
    _main()
