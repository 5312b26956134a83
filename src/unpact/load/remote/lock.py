"""One load at a time: who loads says so in the service, and for how long the word holds.

A loader that was killed cannot take its word back. It counts as ended when its time is over, or at once when
it ran on this machine and its process is gone.
"""

from __future__ import annotations

import os
import secrets
import socket
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from unpact.errors import StoreError
from unpact.load.remote import manifest
from unpact.load.remote.statements import statement
from unpact.names import XSD

if TYPE_CHECKING:
    from unpact.load.remote.client import Client
    from unpact.load.remote.manifest import Lock

_DATE_TIME = NamedNode(XSD + "dateTime")
# beside the time that one request may take
_MARGIN = timedelta(seconds=60)
_SOON = 10.0
# triples a second that any service takes
_SLOWEST = 1000


class Held:
    """A load that this process has under way in a service.

    Args:
        client: speaks with the service.
        key: of the content.

    Raises:
        StoreError: when another load is under way, as `begin` says.
    """

    def __init__(self, client: Client, key: str) -> None:
        self._client = client
        self._key = key
        self._lease = timedelta(seconds=2 * client.target.timeout) + _MARGIN
        self.holder = f"{_machine()}:{os.getpid()}:{_started(os.getpid())}:{secrets.token_hex(8)}"
        self._until = datetime.min.replace(tzinfo=UTC)

    def begin(self, before: Lock | None) -> None:
        """Say that the load begins.

        Args:
            before: what was found, if anything.

        Raises:
            StoreError: when that one is still under way, or somebody else was quicker.
        """
        if before is not None:
            if not is_over(before):
                raise busy(self._client, before)
            self._client.update(statement("end.ru", holder=Literal(before.holder)), again=True)
        self._until = datetime.now(UTC) + self._lease
        begin = statement("begin.ru", holder=Literal(self.holder), key=Literal(self._key), until=self._said())
        # done twice it does what it does once, since it asks whether a load is under way
        self._client.update(begin, again=True)
        self.check()

    def check(self) -> None:
        """See whether it is still this process that loads.

        Raises:
            StoreError: when it is another one.
        """
        found = manifest.read(self._client).lock
        if found is None or found.holder != self.holder:
            raise busy(self._client, found)

    def renew(self, triples: int = 0) -> None:
        """Let the word hold for long enough for the next request; call before each.

        Args:
            triples: that it streams, however long that takes.
        """
        needed = self._lease / 2 + timedelta(seconds=triples / _SLOWEST)
        if self._until - datetime.now(UTC) < needed:
            self._until = datetime.now(UTC) + needed + self._lease / 2
            renew = statement("renew.ru", holder=Literal(self.holder), until=self._said())
            self._client.update(renew, again=True)

    def let_finish(self) -> None:
        """Let the word hold for its time even if this process ends, since the service may still be at
        work.
        """
        before, self.holder = self.holder, f"moving:{self.holder}"
        self._until = datetime.now(UTC) + timedelta(seconds=self._client.target.timeout) + _MARGIN
        begin = statement("begin.ru", holder=Literal(self.holder), key=Literal(self._key), until=self._said())
        self._client.update(f"{statement('end.ru', holder=Literal(before))} ;\n{begin}", again=True)
        self.check()

    def end(self) -> None:
        """Take the word back, if the service answers soon."""
        end = statement("end.ru", holder=Literal(self.holder))
        self._client.update(end, again=False, timeout=min(_SOON, self._client.target.timeout))

    def _said(self) -> Literal:
        return Literal(self._until.isoformat(timespec="seconds"), datatype=_DATE_TIME)


def is_over(lock: Lock) -> bool:
    """Whether a load that never ended was broken off for sure."""
    if lock.until <= datetime.now(UTC):
        return True
    machine, _, rest = lock.holder.partition(":")
    process, _, rest = rest.partition(":")
    started = rest.partition(":")[0]
    if machine != _machine() or not process.isdecimal():
        return False
    return _started(int(process)) != started


def busy(client: Client, lock: Lock | None) -> StoreError:
    """The error of another load that is under way."""
    if lock is None:
        message = "this load was ended by another one"
        return StoreError(message, where=client.target.name, hint="Load again when that one is done.")
    minutes = max(1, round((lock.until - datetime.now(UTC)).total_seconds() / 60))
    return StoreError(
        "another load is under way there",
        where=client.target.name,
        hint=f"Load again when it is done; if it was killed, in {minutes} minutes.",
    )


def _machine() -> str:
    """Tells machines apart without naming any."""
    return sha256(socket.gethostname().encode()).hexdigest()[:12]


def _started(process: int) -> str:
    """When a process began, as Linux counts it; empty for one that is gone, and "?" where that cannot be
    told.
    """
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
        return status.rpartition(")")[2].split()[19]
    except (FileNotFoundError, ProcessLookupError):
        return _alive(process)
    except (OSError, IndexError):
        return "?"


def _alive(process: int) -> str:
    if Path("/proc/self/stat").exists():
        return ""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return ""
    except OSError:
        return "?"
    return "?"
