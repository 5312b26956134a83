"""What a server is started with."""

from __future__ import annotations

import os
from typing import NamedTuple

#: The port that `unpact serve` listens on unless it is said.
PORT = 8123


class Source(NamedTuple):
    """Which facts are served, as the options of every command have it.

    Args:
        data: the user's own files.
        only_data: leave out the bundled facts.
        view: `best` or `article`.
        cache: keep built views on disk.
        store: a store on disk to serve instead.
        article: a copy of the article, whose text is then shown.
        language: of the labels.
    """

    data: tuple[str, ...] = ()
    only_data: bool = False
    view: str = "best"
    cache: bool = True
    store: str | None = None
    article: str | None = None
    language: str = "en"

    @property
    def is_public(self) -> bool:
        """Whether nothing is served but what unpact brings along."""
        return not self.data and self.store is None and self.article is None


class Limits(NamedTuple):
    """What one request, and all of them together, may take.

    Args:
        seconds: that a worker may take for one reply.
        rows: of one answer; the rest is cut, and the reply says so.
        megabytes: that a worker may take for one reply, above what its graph takes.
        workers: processes.
        waiting: requests that may wait for a worker; further ones are turned away.
        patience: seconds that a request waits for a worker before it is turned away.
        body: bytes of a request.
        upload: seconds in which the body of a request must have arrived.
        kept: bytes of replies that are kept for the next who asks the same.
    """

    seconds: float = 10.0
    rows: int = 100_000
    megabytes: int = 1024
    workers: int = max(2, os.cpu_count() or 2) + 1
    waiting: int = 128
    patience: float = 10.0
    body: int = 2**20
    upload: float = 10.0
    kept: int = 64 * 2**20


class Settings(NamedTuple):
    """What a server is started with.

    Args:
        source: the facts.
        limits: of its work.
        address: under which its readers reach it, without a slash at the end; the links in RDF and in the
            descriptions of the service need it.
        origins: of the web pages whose scripts may read replies; `*` for all.
        hosts: the names under which it answers; `*` for any. A page elsewhere whose name is made to lead here
            would otherwise be let in as one of ours.
        is_static: whether pages are to be files, so that nothing can be asked of them.
    """

    source: Source = Source()
    limits: Limits = Limits()
    address: str = f"http://127.0.0.1:{PORT}"
    origins: tuple[str, ...] = ("*",)
    hosts: tuple[str, ...] = ("*",)
    is_static: bool = False
