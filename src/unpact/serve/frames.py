"""Messages over a pipe: their length in four bytes, then a pickled object.

Both ends are processes of the same user that run the same code, one started by the other.
"""

from __future__ import annotations

import pickle
import struct
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from asyncio import StreamReader

_HEAD = struct.Struct("!I")


def packed(message: object) -> bytes:
    """A message as bytes."""
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return _HEAD.pack(len(content)) + content


def read(stream: BinaryIO) -> object:
    """The next message. Raises EOFError where the pipe has ended."""
    size = _HEAD.unpack(_exactly(stream, _HEAD.size))[0]
    return pickle.loads(_exactly(stream, size))  # noqa: S301 - written by our own parent


async def read_from(stream: StreamReader) -> object:
    """The same without waiting in the way of others. Raises asyncio.IncompleteReadError."""
    size = _HEAD.unpack(await stream.readexactly(_HEAD.size))[0]
    return pickle.loads(await stream.readexactly(size))  # noqa: S301 - written by our own child


def _exactly(stream: BinaryIO, size: int) -> bytes:
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return content
