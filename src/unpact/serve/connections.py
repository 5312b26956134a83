"""Connections that do not wait for ever: for a head that never ends, or for a client that reads no reply.

uvicorn limits how long a connection is idle between requests. What a broken or hostile client does within one
it leaves to a proxy in front of it, which a server on somebody's own machine has not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    import asyncio

#: Seconds in which the head of a request must have arrived.
HEAD = 10.0
#: Bytes that it may have; a query in an address fits.
LONGEST_HEAD = 64 * 2**10
#: Seconds that a client may leave a reply unread that does not fit into the buffers of the system.
UNREAD = 30.0


class LimitedConnection(HttpToolsProtocol):
    """A connection of uvicorn that is closed when its client takes too long; arguments as there."""

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - as uvicorn gives them
        super().__init__(*arguments, **named)
        self._head: asyncio.TimerHandle | None = None
        self._head_size = 0
        self._unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop(self._head)
        self._stop(self._unread)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in a part of a request."""
        if self._head is not None:
            self._head_size += len(data)
            if self._head_size > LONGEST_HEAD:
                self.transport.abort()
                return
        super().data_received(data)

    def on_message_begin(self) -> None:
        """A further request begins on a connection that was kept."""
        super().on_message_begin()
        if self._head is None:
            self._expect_head()

    def on_headers_complete(self) -> None:
        """The head has arrived."""
        self._stop(self._head)
        self._head = None
        super().on_headers_complete()

    def pause_writing(self) -> None:
        """The client does not read as fast as it is answered."""
        super().pause_writing()
        if self._unread is None:
            self._unread = self.loop.call_later(UNREAD, self.transport.abort)

    def resume_writing(self) -> None:
        """It has read."""
        self._stop(self._unread)
        self._unread = None
        super().resume_writing()

    def _expect_head(self) -> None:
        self._head_size = 0
        self._head = self.loop.call_later(HEAD, self.transport.abort)

    @staticmethod
    def _stop(timer: asyncio.TimerHandle | None) -> None:
        if timer is not None:
            timer.cancel()
