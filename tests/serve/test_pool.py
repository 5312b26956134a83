"""Workers: what they make, and what ends them."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from unpact.errors import DataSyntaxError, StoreError, UsageError
from unpact.serve.exchange import Asked, Reply
from unpact.serve.pool import Busy, Pool
from unpact.serve.settings import Limits, Settings, Source

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

TWO = Limits(workers=2)


@asynccontextmanager
async def started(limits: Limits = TWO) -> AsyncIterator[Pool]:
    pool = Pool(Settings(limits=limits))
    await pool.start()
    try:
        yield pool
    finally:
        await pool.close()


def with_pool(work: Callable[[Pool], Awaitable[None]], limits: Limits = TWO) -> None:
    async def run() -> None:
        async with started(limits) as pool:
            await work(pool)

    asyncio.run(run())


def processes(pool: Pool) -> list[int]:
    return sorted(worker.process.pid for worker in pool._workers)


@pytest.mark.slow
def test_a_worker_makes_the_reply_and_makes_the_next_one() -> None:
    async def work(pool: Pool) -> None:
        before = processes(pool)
        replies = [await pool.answer(Asked("/")) for _ in range(5)]
        replies += await asyncio.gather(*(pool.answer(Asked("/nix")) for _ in range(20)))
        assert {reply.status for reply in replies[:5]} == {HTTPStatus.OK}
        assert {reply.status for reply in replies[5:]} == {HTTPStatus.NOT_FOUND}
        assert processes(pool) == before
        assert len(before) == 2

    with_pool(work)


@pytest.mark.slow
def test_a_worker_that_is_killed_is_replaced() -> None:
    async def work(pool: Pool) -> None:
        (first, second) = processes(pool)
        for process in (first, second):
            os.kill(process, signal.SIGKILL)
        failures = 0
        for _ in range(2):
            try:
                await pool.answer(Asked("/"))
            except StoreError:
                failures += 1
        assert failures == 2
        reply = await pool.answer(Asked("/"))
        assert isinstance(reply, Reply)
        assert not {first, second} & set(processes(pool))

    with_pool(work)


@pytest.mark.slow
def test_a_request_that_is_given_up_costs_its_worker_and_no_other() -> None:
    async def work(pool: Pool) -> None:
        before = processes(pool)
        task = asyncio.create_task(pool.answer(Asked("/")))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await pool.answer(Asked("/"))).status == HTTPStatus.OK
        await asyncio.gather(*pool._replacing)
        assert len(set(processes(pool)) & set(before)) == 1

    with_pool(work)


@pytest.mark.slow
def test_more_requests_than_may_wait_are_turned_away() -> None:
    async def work(pool: Pool) -> None:
        outcomes = await asyncio.gather(*(pool.answer(Asked("/")) for _ in range(10)), return_exceptions=True)
        turned_away = [each for each in outcomes if isinstance(each, Busy)]
        answered = [each for each in outcomes if isinstance(each, Reply)]
        # two are at work, and four wait
        assert (len(answered), len(turned_away)) == (6, 4)

    with_pool(work, Limits(workers=2, waiting=4))


@pytest.mark.slow
def test_nobody_waits_longer_than_the_patience_of_the_server() -> None:
    async def work(pool: Pool) -> None:
        async with pool._one(is_costly=False):
            with pytest.raises(Busy):
                await pool.answer(Asked("/"))
        assert (await pool.answer(Asked("/"))).status == HTTPStatus.OK

    with_pool(work, Limits(workers=1, patience=0.1))


@pytest.mark.slow
def test_a_worker_is_left_for_pages_whatever_clients_compute() -> None:
    async def work(pool: Pool) -> None:
        async with pool._one(is_costly=True):
            with pytest.raises(Busy):
                await pool.answer(Asked("/"), is_costly=True)
            assert (await pool.answer(Asked("/"))).status == HTTPStatus.OK

    with_pool(work, Limits(workers=2, patience=0.1))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "error"),
    [
        (lambda folder: Source(data=(str(folder / "none.ttl"),)), UsageError),
        (lambda folder: Source(data=(str(folder / "broken.ttl"),)), DataSyntaxError),
        (lambda folder: Source(store=str(folder)), UsageError),
    ],
)
def test_what_cannot_be_opened_is_told_when_the_server_starts(
    tmp_path: Path, source: Callable[[Path], Source], error: type[Exception]
) -> None:
    (tmp_path / "broken.ttl").write_text("this is no Turtle", encoding="utf-8")
    pool = Pool(Settings(source(tmp_path), TWO))
    with pytest.raises(error):
        asyncio.run(pool.start())
    assert processes(pool) == []


@pytest.mark.slow
def test_all_workers_end_with_the_pool() -> None:
    ended: list[int] = []

    async def work(pool: Pool) -> None:
        ended.extend(processes(pool))

    with_pool(work)
    for process in ended:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
