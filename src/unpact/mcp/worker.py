"""The process that holds the graph and answers, and the end of it that the server holds.

The engine cannot be interrupted (see `unpact.query.isolated`), so what takes too long is ended with its
process, and the next call starts another. Whatever a call asks, explaining included, is under its time limit.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Any

from unpact.errors import QueryTimeout, StoreError, UnpactError, UsageError
from unpact.mcp.answers import Reply
from unpact.query.isolated import command_of, environment

if TYPE_CHECKING:
    from collections.abc import Callable

    from unpact.mcp.toolbox import Settings
    from unpact.why.run import Explainer

Call = tuple[str, dict[str, Any]]

# What reading from a pipe raises when the other end is gone, in the middle of a message or not, and when this
# end was closed meanwhile.
_HUNG_UP = (EOFError, OSError, ValueError, pickle.UnpicklingError)


class Worker:
    """Answers calls in a process of its own, one at a time.

    Args:
        open_explainer: opens the graph; it is pickled, and called over there.
        settings: how calls are answered.
    """

    def __init__(self, open_explainer: Callable[[], Explainer], settings: Settings) -> None:
        self._order = pickle.dumps((open_explainer, settings))
        self._timeout = settings.timeout
        self._child: subprocess.Popen[bytes] | None = None
        self._open: subprocess.Popen[bytes] | None = None

    def start(self) -> subprocess.Popen[bytes]:
        """Start the process, which begins to open the graph, and do not wait for it."""
        # our own interpreter and module
        child = subprocess.Popen(  # noqa: S603
            command_of(__name__), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()
        )
        self._child = child
        with suppress(OSError):
            _send(child.stdin, self._order)
        return child

    def wait(self) -> subprocess.Popen[bytes]:
        """The process, when its graph is open; one is started if there is none.

        Raises:
            UsageError: for data or an article that cannot be read, in the words of what is wrong with it.
            StoreError: for a store that cannot be opened, or a process that ended early.
        """
        child = self._child or self.start()
        if self._open is child:
            return child
        try:
            failure = pickle.load(child.stdout)  # type: ignore[arg-type]  # noqa: S301 - from our child
        except _HUNG_UP:
            failure = str(self._ended(late=False)), StoreError.exit_code
        if failure is not None:
            self._forget(child)
            sentence, code = failure
            raise (StoreError if code == StoreError.exit_code else UsageError)(sentence)
        self._open = child
        return child

    def call(self, name: str, arguments: dict[str, Any]) -> Reply:
        """The answer of the tool `name`, or why there is none. The time limit begins when the graph is
        open.
        """
        try:
            child = self.wait()
        except UnpactError as error:
            return Reply(str(error), failed=True)
        overdue = threading.Event()

        def end() -> None:
            overdue.set()
            child.kill()

        timer = threading.Timer(self._timeout, end)
        timer.start()
        try:
            _send(child.stdin, pickle.dumps((name, arguments)))
            reply: Reply = pickle.load(child.stdout)  # type: ignore[arg-type]  # noqa: S301 - from our child
        except _HUNG_UP:
            reply = Reply(str(self._ended(late=overdue.is_set())), failed=True)
        finally:
            timer.cancel()
        if child.poll() is not None or overdue.is_set():
            self._forget(child)
        return reply

    def stop(self) -> None:
        """End the process, whatever it does; the next call starts another."""
        if self._child is not None:
            self._forget(self._child)

    def _ended(self, *, late: bool) -> UnpactError:
        if late:
            return QueryTimeout(
                f"the call was stopped after {self._timeout:g} seconds",
                hint="Ask for less; a query of your own may do without its sentences (cite: false).",
            )
        return StoreError(
            "the process that holds the graph ended early", hint="The next call starts another."
        )

    def _forget(self, child: subprocess.Popen[bytes]) -> None:
        # a call that was given up may find that its process has been replaced
        if self._child is child:
            self._child = None
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def main() -> None:
    """The process: open the graph, say so, and answer calls until the server hangs up."""
    # Ctrl-C is heard by the server, which then hangs up
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    calls, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # nothing that is printed by accident may end up among the answers
    os.dup2(2, 1)
    from unpact.corpus import bundled
    from unpact.mcp.toolbox import Toolbox
    from unpact.query.catalogue import Catalogue

    open_explainer, settings = pickle.load(calls)  # noqa: S301 - from our own parent
    try:
        catalogue = Catalogue.of(file.path for file in bundled().query_files())
        toolbox = Toolbox(open_explainer(), catalogue, settings)
    except UnpactError as error:
        _send(answers, pickle.dumps((str(error), error.exit_code)))
        return
    _send(answers, pickle.dumps(None))
    waiting: SimpleQueue[Call] = SimpleQueue()
    threading.Thread(target=_listen, args=(calls, waiting), daemon=True).start()
    while True:
        _send(answers, pickle.dumps(_answer(toolbox.call, waiting.get())))


def _answer(call: Callable[[str, dict[str, Any]], Reply], asked: Call) -> Reply:
    try:
        return call(*asked)
    except Exception as error:  # noqa: BLE001 - a fault of ours ends one call, not the conversation
        import traceback

        traceback.print_exc()
        return Reply(f"unpact failed: {type(error).__name__}: {error}", failed=True)


def _listen(calls: IO[bytes], waiting: SimpleQueue[Call]) -> None:
    """Take calls in, and end the process when there will be no more, whatever it is doing."""
    try:
        while True:
            waiting.put(pickle.load(calls))  # noqa: S301 - from our own parent
    except _HUNG_UP:
        os._exit(0)


def _send(pipe: IO[bytes] | None, message: bytes) -> None:
    if pipe is not None:
        pipe.write(message)
        pipe.flush()
