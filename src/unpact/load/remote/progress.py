"""How far a load is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

SENDING, CHECKING, MOVING = "sending", "checking", "moving"


class Progress(NamedTuple):
    """How far a load is.

    Args:
        step: "sending" triples, "checking" that they arrived, or "moving" them in their places.
        graph: the one that is sent; empty in the other steps.
        triples: done so far, those that an earlier try has sent included.
        triples_total: of the load.
        bytes: done so far, before compression.
        bytes_total: of the load, as far as it can be told from what was sent; 0 before that.
    """

    step: str
    graph: str
    triples: int
    triples_total: int
    bytes: int
    bytes_total: int


class Meter:
    """Adds up what was sent, and reports it.

    Args:
        total: triples of the load.
        report: told after each part.
    """

    def __init__(self, total: int, report: Callable[[Progress], None]) -> None:
        self._total = total
        self._report = report
        self._graph = ""
        self._before = (0, 0)
        self._now = (0, 0)
        self.found = 0

    @property
    def triples(self) -> int:
        """Sent, in requests that were answered."""
        return self._before[0]

    @property
    def bytes(self) -> int:
        """Sent, in requests that were answered, before compression."""
        return self._before[1]

    def graph(self, graph: str) -> None:
        """A graph begins."""
        self._graph = graph

    def sending(self, triples: int, size: int) -> None:
        """So much of the request has left; a request that is sent again begins anew."""
        self._now = (triples, size)
        self._say(SENDING)

    def sent(self) -> None:
        """The request was answered."""
        self._before = (self._before[0] + self._now[0], self._before[1] + self._now[1])
        self._now = (0, 0)

    def skip(self, triples: int) -> None:
        """So much was there already."""
        self.found += triples
        self._say(SENDING)

    def step(self, step: str) -> None:
        """Something else than sending begins."""
        self._graph = ""
        self._say(step)

    def _say(self, step: str) -> None:
        triples, size = (before + now for before, now in zip(self._before, self._now, strict=True))
        total = round(size / triples * self._total) if triples else 0
        self._report(Progress(step, self._graph, triples + self.found, self._total, size, total))
