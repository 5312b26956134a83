"""Replies are kept for the next who asks the same: facts do not change while they are served."""

from __future__ import annotations

from collections import OrderedDict
from datetime import UTC, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable

    from unpact.serve.exchange import Asked, Reply


class Kept(NamedTuple):
    """A reply, and the tag by which clients recognise it (RFC 9110, section 8.8.3)."""

    reply: Reply
    tag: str


class Replies:
    """Replies by request, the longest unused ones forgotten first.

    Args:
        most: bytes of the bodies of all of them.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()

    def find(self, asked: Asked) -> Kept | None:
        """The reply to the same request, if it is kept."""
        key = _key(asked)
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
        return kept

    def keep(self, asked: Asked, reply: Reply) -> Kept:
        """Keep a reply, unless it is too large."""
        kept = Kept(reply, tag_of(reply))
        key, size = _key(asked), len(reply.body)
        if size > self._most // 8:
            return kept
        self._forget(key)
        self._kept[key] = kept
        self._size += size
        while self._size > self._most:
            self._forget(next(iter(self._kept)))
        return kept

    def _forget(self, key: Hashable) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self._size -= len(kept.reply.body)


def tag_of(reply: Reply) -> str:
    """A weak tag: the same reply may travel compressed or not."""
    digest = blake2b(reply.body, digest_size=12)
    digest.update(reply.media_type.encode())
    return f'W/"{digest.hexdigest()}"'


def is_known(tag: str, header: str | None) -> bool:
    """Whether an If-None-Match names a tag (RFC 9110, section 13.1.2)."""
    if header is None:
        return False
    wanted = tag.removeprefix("W/")
    given = [each.strip().removeprefix("W/") for each in header.split(",")]
    return "*" in given or wanted in given


def _key(asked: Asked) -> Hashable:
    # what holds today may not hold tomorrow
    return (asked, datetime.now(UTC).astimezone().date())
