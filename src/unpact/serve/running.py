"""Run the server until it is told to end."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import uvicorn

from unpact.errors import StoreError
from unpact.serve.app import create_app
from unpact.serve.connections import LimitedConnection
from unpact.serve.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from unpact.serve.settings import Settings

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_IDLE = 15
_GRACE = 5
# connections; each costs a little memory, and requests have limits of their own
_CONNECTIONS = 1000


def run(settings: Settings, host: str, port: int, *, ready: Callable[[str], None]) -> None:
    """Serve until Ctrl-C or SIGTERM.

    Args:
        settings: what is served.
        host: the address to listen on.
        port: 0 for any that is free.
        ready: told the address of the home page when requests are answered.

    Raises:
        StoreError: for a port that cannot be had.
        UnpactError: for facts that cannot be opened.
    """
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(settings, host, port, ready))


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The quicker event loop, which there is none of on Windows."""
    try:
        from uvloop import new_event_loop
    except ModuleNotFoundError:
        return None
    return new_event_loop


async def _serve(settings: Settings, host: str, port: int, ready: Callable[[str], None]) -> None:
    try:
        listening = _bound(host, port)
    except OSError as error:
        hint = "Choose another with --port, or --port 0 for any that is free."
        reason = os.strerror(error.errno or 0).lower()
        raise StoreError(f"cannot listen on port {port}: {reason}", where=host, hint=hint) from None
    with listening:
        address = f"http://{_written(host)}:{listening.getsockname()[1]}"
        settings = settings._replace(
            address=settings.address or address, hosts=_hosts(host, settings.address or address)
        )
        pool = Pool(settings)
        try:
            await pool.start()
            config = uvicorn.Config(
                create_app(settings, pool),
                http=LimitedConnection,
                ws="none",
                access_log=False,
                log_level="warning",
                server_header=False,
                limit_concurrency=_CONNECTIONS,
                timeout_keep_alive=_IDLE,
                timeout_graceful_shutdown=_GRACE,
                lifespan="off",
            )
            await _Server(config, lambda: ready(address)).serve(sockets=[listening])
        finally:
            await pool.close()


class _Server(uvicorn.Server):
    """Ends at a signal and returns, where uvicorn would let the signal end the process before its workers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        signals = (signal.SIGINT, signal.SIGTERM)
        before = [signal.signal(each, self.handle_exit) for each in signals]
        try:
            yield
        finally:
            for each, handler in zip(signals, before, strict=True):
                signal.signal(each, handler)


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family, backlog=512)
    # connections inherit it; else the body of a reply waits 40 ms for the client to acknowledge its head
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _hosts(host: str, address: str) -> tuple[str, ...]:
    """The names under which a server on `host` answers; one that others reach has too many to know."""
    if host not in _LOOPBACK:
        return ("*",)
    return (*_LOOPBACK, "[::1]", urlsplit(address).hostname or host)


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host
