"""A real ``unpact serve`` for tests, on a port that is free, which is stopped again."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PATIENCE = 60


class Served(NamedTuple):
    """A server that runs: where its home page is, and its process."""

    address: str
    process: subprocess.Popen[str]


@contextmanager
def served(*options: str, folder: Path) -> Iterator[Served]:
    """Start it in a folder, which stands for that of a user, and stop it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "unpact", "serve", "--port", "0", *options],
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
        env={name: value for name, value in os.environ.items() if name != "NO_COLOR"},
    )
    assert process.stderr is not None
    try:
        said = process.stderr.readline()
        found = re.search(r"open (http://\S+)/ in a browser", said)
        assert found, said
        yield Served(found[1], process)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        finally:
            process.stderr.close()
