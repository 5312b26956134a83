"""Worker processes: each request goes to an idle one, and one that takes too long is ended and replaced."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from unpact.errors import QueryTimeout, StoreError, UnpactError
from unpact.query.isolated import command_of, environment
from unpact.serve import frames
from unpact.serve.failures import RequestRefused
from unpact.serve.worker import OUT_OF_MEMORY, READY

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator

    from unpact.serve.exchange import Asked, Reply
    from unpact.serve.settings import Settings

_LOG = logging.getLogger("unpact.serve")
# a worker that has not opened its graph by then never will
_START = 600.0
_SECONDS_BETWEEN_STARTS = 1.0


class Busy(Exception):  # noqa: N818 - a state, not a failure
    """All workers have work, and enough requests wait already."""


class OutOfMemory(RequestRefused):
    """A reply that would take more memory than a worker is given."""

    exit_code = 3

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message, HTTPStatus.INSUFFICIENT_STORAGE, hint=hint)


class _Worker:
    def __init__(self, process: Process) -> None:
        self.process = process

    async def ask(self, message: object) -> object:
        assert self.process.stdin is not None  # noqa: S101 - it was made with pipes
        assert self.process.stdout is not None  # noqa: S101 - likewise
        self.process.stdin.write(frames.packed(message))
        await self.process.stdin.drain()
        return await frames.read_from(self.process.stdout)

    async def end(self) -> None:
        with suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()


class Pool:
    """The workers of a server.

    Args:
        settings: what they serve, and how much each may take.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._limits = settings.limits
        self._workers: set[_Worker] = set()
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        # one worker is always left for pages, whatever queries clients write
        self._costly = asyncio.Semaphore(max(1, self._limits.workers - 1))
        self._waiting = 0
        self._replacing: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start all workers.

        Raises:
            UnpactError: what keeps a worker from opening its graph.
        """
        # the first leaves the view on disk for the others
        self._idle.put_nowait(await self._started())
        for worker in await asyncio.gather(*(self._started() for _ in range(self._limits.workers - 1))):
            self._idle.put_nowait(worker)

    async def close(self) -> None:
        """End all workers."""
        for task in self._replacing:
            task.cancel()
        await asyncio.gather(*self._replacing, return_exceptions=True)
        await asyncio.gather(*(worker.end() for worker in self._workers))
        self._workers.clear()

    async def answer(self, asked: Asked, *, is_costly: bool = False) -> Reply:
        """Have a worker make the reply to a request.

        Raises:
            Busy: when no worker has become idle in time, or too many requests wait.
            QueryTimeout: when the worker took too long; it was ended.
            OutOfMemory: when it would have taken too much memory; it has ended.
            StoreError: when it ended for another reason.
        """
        async with self._one(is_costly=is_costly) as worker:
            reply = await self._asked(worker, asked)
        if isinstance(reply, UnpactError):
            raise reply
        return cast("Reply", reply)

    async def _asked(self, worker: _Worker, asked: Asked) -> object:
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await worker.ask(asked)
        except TimeoutError:
            hint = "Ask for less, or start the server with a longer --timeout."
            message = f"the answer was not ready after {self._limits.seconds:g} seconds"
            raise QueryTimeout(message, hint=hint) from None
        except (asyncio.IncompleteReadError, ConnectionError):
            status = await worker.process.wait()
            # the engine aborts where the system gives it no more memory
            if status in (OUT_OF_MEMORY, -6):
                message = f"the answer needs more than {self._limits.megabytes} MiB of memory"
                raise OutOfMemory(message, hint="Ask for less.") from None
            raise StoreError(f"the worker ended with status {status}") from None

    @asynccontextmanager
    async def _one(self, *, is_costly: bool) -> AsyncIterator[_Worker]:
        """An idle worker; one that was not asked to the end is replaced."""
        if self._waiting >= self._limits.waiting:
            raise Busy
        self._waiting += 1
        taken = False
        try:
            async with asyncio.timeout(self._limits.patience):
                if is_costly:
                    await self._costly.acquire()
                    taken = True
                worker = await self._idle.get()
        except TimeoutError:
            if taken:
                self._costly.release()
            raise Busy from None
        finally:
            self._waiting -= 1
        try:
            yield worker
        except BaseException:
            self._replace(worker)
            raise
        else:
            self._idle.put_nowait(worker)
        finally:
            if taken:
                self._costly.release()

    def _replace(self, worker: _Worker) -> None:
        task = asyncio.create_task(self._replaced(worker))
        self._replacing.add(task)
        task.add_done_callback(self._replacing.discard)

    async def _replaced(self, worker: _Worker) -> None:
        await worker.end()
        self._workers.discard(worker)
        while True:
            try:
                self._idle.put_nowait(await self._started())
            except UnpactError as error:
                _LOG.error("a new worker could not be started: %s", error)
                await asyncio.sleep(_SECONDS_BETWEEN_STARTS)
            else:
                return

    async def _started(self) -> _Worker:
        # our own interpreter and module; what is asked goes through a pipe
        process = await asyncio.create_subprocess_exec(
            *command_of("unpact.serve.worker"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=environment(),
        )
        worker = _Worker(process)
        self._workers.add(worker)
        try:
            async with asyncio.timeout(_START):
                answer = await worker.ask(self._settings)
        except BaseException as error:
            await worker.end()
            self._workers.discard(worker)
            if isinstance(error, TimeoutError | asyncio.IncompleteReadError | ConnectionError):
                raise StoreError(f"a worker did not start (status {process.returncode})") from None
            raise
        if answer != READY:
            await worker.end()
            self._workers.discard(worker)
            raise cast("UnpactError", answer)
        return worker
