"""A worker: a process that holds the graph and makes one reply after another, until it is ended.

Requests come through standard input and replies leave through standard output. A query cannot be interrupted,
so whoever wants it stopped ends the process.
"""

from __future__ import annotations

import os
import signal
import sys
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, BinaryIO, cast

from unpact.errors import StoreError, UnpactError
from unpact.serve import frames
from unpact.serve.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.serve.exchange import Asked, Reply
    from unpact.serve.settings import Settings

READY = "ready"
#: The status of a worker that ended because it was given no more memory.
OUT_OF_MEMORY = 77


def main() -> None:
    """Work until standard input ends."""
    # Ctrl-C reaches the whole group of processes; the server decides when its workers end
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # nothing that is printed by mistake may come between replies
    os.dup2(2, 1)
    settings = cast("Settings", frames.read(requests))
    try:
        site = Site(settings)
    except UnpactError as error:
        _send(replies, error)
        return
    _limit_memory(settings.limits.megabytes)
    _send(replies, READY)
    for asked in _arriving(requests):
        _send(replies, _answer(site, asked))


def _answer(site: Site, asked: Asked) -> Reply | UnpactError:
    try:
        return site.answer(asked)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001 - one broken page must not end the server; it is told on stderr
        import traceback

        traceback.print_exc()
        return StoreError(f"the page could not be made ({type(error).__name__})")


def _arriving(stream: BinaryIO) -> Iterator[Asked]:
    """Requests as they come. A thread reads them beside the work, so that it ends when the server does."""
    arrived: SimpleQueue[Asked] = SimpleQueue()

    def read() -> None:
        try:
            while True:
                arrived.put(cast("Asked", frames.read(stream)))
        except EOFError:
            os._exit(0)

    Thread(target=read, daemon=True).start()
    return iter(arrived.get, None)


def _limit_memory(megabytes: int) -> None:
    """Let the process have so much memory beside what it has now; more is refused by the system."""
    try:
        import resource
        from pathlib import Path

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError):
        # neither Windows nor macOS can limit it so
        return
    most = pages * resource.getpagesize() + megabytes * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _send(stream: BinaryIO, message: object) -> None:
    stream.write(frames.packed(message))
    stream.flush()
