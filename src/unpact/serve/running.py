"""Run the server until it is told to end."""

from __future__ import annotations

import asyncio
import os
import socket
from typing import TYPE_CHECKING

import uvicorn

from unpact.errors import StoreError
from unpact.serve.app import create_app
from unpact.serve.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Callable

    from unpact.serve.settings import Settings

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
    asyncio.run(_serve(settings, host, port, ready))


async def _serve(settings: Settings, host: str, port: int, ready: Callable[[str], None]) -> None:
    try:
        listening = _bound(host, port)
    except OSError as error:
        hint = "Choose another with --port, or --port 0 for any that is free."
        reason = os.strerror(error.errno or 0).lower()
        raise StoreError(f"cannot listen on port {port}: {reason}", where=host, hint=hint) from None
    with listening:
        address = f"http://{_written(host)}:{listening.getsockname()[1]}"
        if not settings.address:
            settings = settings._replace(address=address)
        pool = Pool(settings)
        try:
            await pool.start()
            config = uvicorn.Config(
                create_app(settings, pool),
                access_log=False,
                log_level="warning",
                server_header=False,
                limit_concurrency=_CONNECTIONS,
                timeout_keep_alive=_IDLE,
                timeout_graceful_shutdown=_GRACE,
                lifespan="off",
            )
            ready(address)
            await uvicorn.Server(config).serve(sockets=[listening])
        finally:
            await pool.close()


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family, backlog=512)
    # connections inherit it; else the body of a reply waits 40 ms for the client to acknowledge its head
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host
