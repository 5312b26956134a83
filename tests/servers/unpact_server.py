"""`unpact serve` itself for tests: a process on a free port, which ends when the test does."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_READY_WITHIN = 120.0
_STOPS_WITHIN = 15.0


class Served(NamedTuple):
    """A server that runs.

    Args:
        address: of its home page, without the slash at the end.
        process: itself.
        log: the file of what it says on standard error.
    """

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def said(self) -> str:
        """What it said so far."""
        return self.log.read_text(encoding="utf-8")

    @property
    def place(self) -> tuple[str, int]:
        """Where it listens."""
        host, _, port = self.address.removeprefix("http://").partition(":")
        return host, int(port)


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[Served]:
    """A server that answers.

    Args:
        folder: that it is started in.
        arguments: of the command.
    """
    log = folder / "serve.log"
    with log.open("wb") as stream:
        command = [sys.executable, "-m", "unpact", "serve", "--port", "0", *arguments]
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stderr=stream)
    try:
        yield Served(_address(process, log), process, log)
    finally:
        process.terminate()
        try:
            process.wait(_STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + _READY_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        told = re.search(r"open (http://\S+)/ in a browser", log.read_text(encoding="utf-8"))
        if told is not None:
            return told[1]
        time.sleep(0.05)
    raise TimeoutError(f"the server did not start:\n{log.read_text(encoding='utf-8')}")
