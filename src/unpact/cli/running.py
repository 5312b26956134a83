"""Work that the engine will not let go of: run it in a thread, and end the whole process when it has to stop.

The engine can be neither interrupted nor killed inside a process, but it releases the interpreter's lock
while it works. So the work runs in a thread, the main thread waits and keeps hearing signals, and stopping
means ending the process at once.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn, TypeVar

from unpact.cli.output import discard_unfinished
from unpact.cli.progress import patience
from unpact.errors import QueryTimeout

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

# Windows does not wake a waiting thread for Ctrl-C, and people want to see time pass, so the wait is cut into
# pieces of this many seconds.
_PULSE = 0.2


def supervised(
    work: Callable[[], T], *, timeout: float | None = None, doing: str | Callable[[], str] | None = None
) -> T:
    """The result of ``work()``, or its exception raised here.

    Ctrl-C ends the process with code 130; `timeout` (seconds) ends it with code 3 once it has passed. Both
    leave no unfinished file behind.

    Args:
        work: to be done, in a thread of its own.
        timeout: seconds.
        doing: what the work is, or what says it; shown on a terminal, with the seconds, when it takes long.
    """
    results: list[T] = []
    failures: list[BaseException] = []
    done = threading.Event()

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001 - raised again in the main thread, whatever it is
            _let_go(error)
            failures.append(error)
        finally:
            done.set()

    # A daemon, so that it cannot keep the process alive once the main thread has given up on it.
    threading.Thread(target=run, daemon=True).start()
    try:
        finished = _wait(done, timeout, doing)
    except KeyboardInterrupt:
        _end(130, "interrupted")
    if not finished:
        sentence = QueryTimeout(
            f"the query took longer than {timeout:g} seconds and was stopped",
            hint="Narrow it down, or allow more with --timeout SECONDS.",
        )
        _end(sentence.exit_code, str(sentence))
    if failures:
        raise failures[0]
    return results[0]


def _let_go(error: BaseException | None) -> None:
    """Drop what the frames behind `error` hold: the engine's objects must end in their own thread."""
    from traceback import clear_frames

    while error is not None:
        clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


def _wait(done: threading.Event, timeout: float | None, doing: str | Callable[[], str] | None) -> bool:
    """Whether it is done in time."""
    begun = time.monotonic()
    with patience(doing) as tell:
        if tell is None and os.name != "nt":
            return done.wait(timeout)
        left = float("inf") if timeout is None else timeout
        while left > 0 and not done.wait(min(_PULSE, left)):
            left -= _PULSE
            if tell is not None:
                tell(time.monotonic() - begun)
    return done.is_set()


def _end(code: int, sentence: str) -> NoReturn:
    from unpact.temporary import discard_temporary_directories

    discard_unfinished()
    _discard_cache_entry()
    discard_temporary_directories()
    sys.stderr.write(f"unpact: {sentence}\n")
    sys.stderr.flush()
    # Not sys.exit: that would wait for the engine, which is the very thing that does not stop.
    os._exit(code)


def _discard_cache_entry() -> None:
    """Remove the entry of the graph cache that this process was writing, if any."""
    from unpact.graph.cache import directory

    with suppress(OSError):
        for unfinished in directory().glob(f"*.{os.getpid()}.tmp"):
            unfinished.unlink(missing_ok=True)
