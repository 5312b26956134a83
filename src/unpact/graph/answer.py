"""The body of an answer over HTTP, read while it comes in."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable

    from unpact.errors import StoreError

#: What the network may raise while an answer comes in.
BROKEN = (httpx.TransportError, httpx.DecodingError)


class Answer:
    """The body of an answer, read as a binary file is.

    Args:
        response: whose body has not been read.
        timeout: seconds that the service may keep us waiting for all of it.
        failure: makes a sentence of what the network raises.
    """

    def __init__(
        self, response: httpx.Response, timeout: float, failure: Callable[[Exception], StoreError]
    ) -> None:
        self._response = response
        self._failure = failure
        self._chunks = response.iter_bytes()
        self._rest = b""
        self._left = timeout

    @property
    def media_type(self) -> str:
        """As the service declares it; empty where it does not."""
        return str(self._response.headers.get("Content-Type", ""))

    @property
    def most_rows(self) -> int | None:
        """Where this service cuts its answers off, if it says so (Virtuoso does)."""
        told = str(self._response.headers.get("X-SPARQL-MaxRows", ""))
        return int(told) if told.isdecimal() else None

    def read(self, size: int = -1) -> bytes:
        """Some more bytes; none at the end.

        Raises:
            StoreError: when the connection breaks or the time is over.
        """
        while not self._rest:
            begun = time.monotonic()
            try:
                chunk = next(self._chunks, None)
            except BROKEN as error:
                raise self._failure(error) from None
            # only the service's own time counts, not what the reader does between two reads
            self._left -= time.monotonic() - begun
            if chunk is None:
                return b""
            if self._left < 0:
                raise self._failure(httpx.ReadTimeout("the answer came too slowly"))
            self._rest = chunk
        size = len(self._rest) if size < 0 else size
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken

    def close(self) -> None:
        """Let go of the connection."""
        self._response.close()
