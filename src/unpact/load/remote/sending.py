"""Bring one graph into the service, where it waits or at once in its place.

Blank nodes are nodes of one request: whatever has some goes in a single PUT, which makes the graph anew. The
rest may go in several requests, and each of these may be sent twice.
"""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal

from unpact.load.remote.body import Body
from unpact.load.remote.ntriples import pieces
from unpact.load.remote.statements import statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from unpact.load.remote.client import Client
    from unpact.load.remote.content import Content
    from unpact.load.remote.lock import Held
    from unpact.load.remote.plan import Change
    from unpact.load.remote.progress import Meter

#: The part that has the blank nodes.
BLANK = "blank nodes"
#: The part that is the whole graph, in its place.
IN_PLACE = "in place"

_STEP = 2**18
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Sender(NamedTuple):
    """Sends graphs.

    Args:
        content: has them.
        client: speaks with the service.
        held: the load that is under way.
        meter: counts.
    """

    content: Content
    client: Client
    held: Held
    meter: Meter

    def stage(self, change: Change, staged: str, arrived: frozenset[str]) -> None:
        """Send a graph to where it waits.

        Args:
            change: the graph.
            staged: where it waits.
            arrived: parts of it that an earlier load has brought there.
        """
        text = self.content.graphs[change.graph]
        self.meter.graph(change.graph)
        most = self.client.target.profile.most_bytes
        if not arrived and text.size <= most:
            self._put(staged, text.written)
            return
        if text.blank and BLANK not in arrived:
            self._put(staged, partial(text.written, blank=True))
            self._arrived(staged, BLANK)
        elif text.blank:
            self.meter.skip(text.blank)
        for piece in pieces(text.written(blank=False), most):
            part = sha256(piece).hexdigest()
            if part in arrived:
                self.meter.skip(piece.count(b"\n"))
                continue
            self._send(self.client.post, staged, partial(_steps, piece))
            self._arrived(staged, part)

    def replace(self, change: Change, staged: str) -> None:
        """Send a graph to its place in one request, and note that where it would have waited otherwise."""
        self.meter.graph(change.graph)
        # else a load of what was there before might take it for unchanged, should this one break off
        self.client.update(statement("unsettle.ru", graph=change.graph), again=True)
        self.held.renew(change.here)
        self._put(change.graph, self.content.graphs[change.graph].written)
        self._arrived(staged, IN_PLACE)

    def _put(self, graph: str, parts: Callable[[], Iterable[bytes]]) -> None:
        self._send(self.client.put, graph, parts)

    def _send(
        self, send: Callable[[str, Body], None], graph: str, parts: Callable[[], Iterable[bytes]]
    ) -> None:
        target = self.client.target
        # on the way to this very machine nothing is gained by it
        packed = target.profile.gzip and target.data.origin[1] not in _LOOPBACK
        self.held.renew()
        send(graph, Body(parts, streams=target.profile.streams, packed=packed, sent=self.meter.sending))
        self.meter.sent()

    def _arrived(self, staged: str, part: str) -> None:
        self.client.update(statement("arrived.ru", staged=staged, part=Literal(part)), again=True)


def _steps(piece: bytes) -> Iterable[bytes]:
    """A piece in steps of whole lines, so that progress shows."""
    begin = 0
    while begin < len(piece):
        end = piece.find(b"\n", begin + _STEP) + 1 or len(piece)
        yield piece[begin:end]
        begin = end
