"""What one request carries: N-Triples, read again each time that the request is sent."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# the fastest level already makes N-Triples a tenth
_LEVEL = 1
_GZIP = 16 + zlib.MAX_WBITS


class Body:
    """The bytes of a request. It can be iterated over as often as the request is sent.

    Args:
        parts: gives them from their beginning, at each call, in whole lines.
        streams: whether the service takes a body whose length is not said before; else it is counted first.
        packed: whether to send it in gzip.
        sent: told at each part how many triples and bytes, before compression, have left so far.
    """

    def __init__(
        self,
        parts: Callable[[], Iterable[bytes]],
        *,
        streams: bool,
        packed: bool,
        sent: Callable[[int, int], None],
    ) -> None:
        self._parts = parts
        self._packed = packed and streams
        self._sent = sent
        self.headers = {"Content-Encoding": "gzip"} if self._packed else {}
        if not streams:
            self.headers["Content-Length"] = str(sum(map(len, parts())))

    def __iter__(self) -> Iterator[bytes]:
        pack = zlib.compressobj(_LEVEL, wbits=_GZIP) if self._packed else None
        triples = size = 0
        for part in self._parts():
            data = part if pack is None else pack.compress(part)
            if data:
                yield data
            triples += part.count(b"\n")
            size += len(part)
            self._sent(triples, size)
        if pack is not None:
            yield pack.flush()
