"""Load content into a service so that readers see the old or the new, and a broken load goes on where it was.

Each graph goes to a staging graph first, is counted there, and all are moved in their places by one update
request together with the manifest.
"""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from unpact.errors import StoreError
from unpact.load.remote import manifest
from unpact.load.remote.body import Body
from unpact.load.remote.client import Client
from unpact.load.remote.equal_values import kept
from unpact.load.remote.failures import Busy, Unanswered
from unpact.load.remote.lock import Held
from unpact.load.remote.manifest import Listed, staged_as
from unpact.load.remote.ntriples import lines
from unpact.load.remote.progress import CHECKING, MOVING, Meter, Progress
from unpact.load.remote.retry import TRIES, pause, wait
from unpact.load.remote.sending import IN_PLACE, Sender
from unpact.load.remote.statements import move_all, statement
from unpact.names import MANIFEST_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import httpx

    from unpact.load.remote.content import Content
    from unpact.load.remote.plan import Change, Plan
    from unpact.load.remote.target import Target

_NOTED_AT_ONCE = 200


class Outcome(NamedTuple):
    """What a load did.

    Args:
        graphs: that it put in their places.
        removed: that it removed.
        triples: that it sent.
        bytes: that it sent, before compression.
        found: triples that an earlier try had sent already.
        seconds: that it took.
    """

    graphs: int
    removed: int
    triples: int
    bytes: int
    found: int
    seconds: float


def push(
    content: Content,
    target: Target,
    plan: Plan,
    *,
    report: Callable[[Progress], None] = lambda _: None,
    transport: httpx.BaseTransport | None = None,
) -> Outcome:
    """Do what a plan says. A plan that is done asks nothing of the service.

    Args:
        content: to load.
        target: the service.
        plan: of the same content and the same service.
        report: told how far it is.
        transport: in place of the network.

    Raises:
        UsageError: for content that cannot be loaded into any service.
        StoreError: when the service fails or says no, when another load is under way, or when what arrived is
            not what was sent. What the service had before is then still in its place, unless the message says
            otherwise.
    """
    begun = time.monotonic()
    if plan.done:
        return Outcome(0, 0, 0, 0, 0, 0.0)
    client = Client(target, transport)
    meter = Meter(sum(each.to_add for each in plan.changes), report)
    try:
        held = Held(client, content.key)
        _Load(content, client, held, meter, plan).run()
    finally:
        client.close()
    seconds = time.monotonic() - begun
    return Outcome(len(plan.to_send), len(plan.to_drop), meter.triples, meter.bytes, meter.found, seconds)


class _Load:
    def __init__(self, content: Content, client: Client, held: Held, meter: Meter, plan: Plan) -> None:
        self._content = content
        self._client = client
        self._profile = client.target.profile
        self._held = held
        self._meter = meter
        self._plan = plan
        self._staged = {each.graph: staged_as(each.graph, content.key) for each in plan.to_send}
        self._manifest = staged_as(MANIFEST_GRAPH, content.key)
        # the service may go on with a move that this process hears no more of
        self._moving = False

    def run(self) -> None:
        """Load."""
        self._held.begin(self._plan.found.lock)
        with self._ended_if_broken_off():
            found = self._found()
            self._note(found.staged)
            counts = self._send(found.staged)
            listed = self._listed(counts)
            self._stage_manifest(listed)
            self._held.check()
            self._move()
        self._check(listed)

    @contextmanager
    def _ended_if_broken_off(self) -> Iterator[None]:
        """Take the word back when the load breaks off, so that the next one need not wait."""
        try:
            yield
        except BaseException as error:
            if not (self._moving and isinstance(error, Unanswered)):
                with suppress(StoreError):
                    self._held.end()
            raise

    def _found(self) -> manifest.Manifest:
        """What the service says now that no other load can change it."""
        found = manifest.read(self._client)
        if (found.key, found.graphs) != (self._plan.found.key, self._plan.found.graphs):
            message = "another load was finished there in the meantime"
            raise StoreError(message, where=self._client.target.name, hint="Load again.")
        return found

    def _note(self, before: Mapping[str, frozenset[str]]) -> None:
        """Write down where graphs will wait, and remove what loads of other content have left."""
        ours = {**self._staged, MANIFEST_GRAPH: self._manifest}
        texts = [statement("forget.ru", staged=other) for other in sorted(set(before) - set(ours.values()))]
        texts += [
            statement("stage.ru", staged=staged, graph=graph)
            for graph, staged in ours.items()
            if staged not in before
        ]
        for first in range(0, len(texts), _NOTED_AT_ONCE):
            self._client.update(" ;\n".join(texts[first : first + _NOTED_AT_ONCE]), again=True)

    def _send(self, before: Mapping[str, frozenset[str]]) -> dict[str, int]:
        """Send what has not arrived yet, and give how many triples of each graph the service has."""
        waiting = [each for each in self._plan.to_send if not self._in_place(each)]
        # those that go in their places come last, so that readers see them alone for a short time only
        at_once = [each for each in self._plan.to_send if self._in_place(each)]
        places = {each.graph: self._staged[each.graph] for each in waiting} | {
            each.graph: each.graph for each in at_once
        }
        counts = self._counted(places) if before else {}
        sender = Sender(self._content, self._client, self._held, self._meter)
        for change in waiting:
            staged = self._staged[change.graph]
            if counts.get(change.graph) and self._arrived(change, counts[change.graph]):
                self._meter.skip(change.here)
            else:
                sender.stage(change, staged, before.get(staged, frozenset()))
        self._verified(waiting, self._counted({each.graph: places[each.graph] for each in waiting}), "before")
        for change in at_once:
            staged = self._staged[change.graph]
            arrived = IN_PLACE in before.get(staged, ()) and self._arrived(
                change, counts.get(change.graph, 0)
            )
            if arrived:
                self._meter.skip(change.here)
            else:
                sender.replace(change, staged)
        counts = self._counted(places)
        self._verified(at_once, counts, "after")
        return counts

    def _in_place(self, change: Change) -> bool:
        return self._profile.replaces_at_once(change.here)

    def _counted(self, places: Mapping[str, str]) -> dict[str, int]:
        self._meter.step(CHECKING)
        found = manifest.counted(self._client, places.values())
        return {graph: found[place] for graph, place in places.items()}

    def _arrived(self, change: Change, count: int) -> bool:
        if count == change.here:
            return True
        return self._profile.merges_equal_values and count == kept(self._content.graphs[change.graph])

    def _verified(self, changes: Sequence[Change], counts: Mapping[str, int], when: str) -> None:
        for change in changes:
            count = counts[change.graph]
            if not self._arrived(change, count):
                raise StoreError(
                    f"{change.graph} has {count} triples there instead of {change.here}",
                    where=self._client.target.name,
                    hint=_STILL_OLD if when == "before" else _AGAIN,
                )

    def _listed(self, counts: Mapping[str, int]) -> dict[str, Listed]:
        return {
            each.graph: Listed(
                counts.get(each.graph, each.there),
                self._content.graphs[each.graph].digest,
                each.source,
            )
            for each in self._plan.changes
            if each.here
        }

    def _stage_manifest(self, listed: Mapping[str, Listed]) -> None:
        triples = manifest.described(self._content, listed)
        text = lines(triples)
        streams = self._profile.streams
        self._client.put(
            self._manifest, Body(lambda: iter([text]), streams=streams, packed=False, sent=lambda *_: None)
        )
        count = manifest.counted(self._client, [self._manifest])[self._manifest]
        if count != len(triples):
            message = f"the manifest has {count} triples there instead of {len(triples)}"
            raise StoreError(message, where=self._client.target.name, hint=_STILL_OLD)

    def _move(self) -> None:
        self._meter.step(MOVING)
        moves = [
            (self._staged[each.graph], each.graph) for each in self._plan.to_send if not self._in_place(each)
        ]
        moves.append((self._manifest, MANIFEST_GRAPH))
        text = move_all(moves, [each.graph for each in self._plan.to_drop], self._profile)
        if not self._profile.safe_move:
            # if this breaks off, nobody may begin before it is over in the service, too
            self._held.let_finish()
            self._moving = True
        for attempt in range(TRIES):
            self._held.renew()
            try:
                self._client.update(text, again=False)
            except StoreError as error:
                if self._is_moved():
                    return
                # done twice it might remove what it has moved, so only where the service said that it did
                # nothing
                if not isinstance(error, Busy) or attempt == TRIES - 1:
                    raise
                wait(pause(attempt, error.headers))
            else:
                return

    def _is_moved(self) -> bool:
        """Whether the service has moved all although its answer was lost."""
        try:
            found = manifest.read(self._client)
        except StoreError:
            return False
        return found.key == self._content.key and found.lock is None

    def _check(self, listed: Mapping[str, Listed]) -> None:
        """Count what was moved once more: a store may lose triples in doing so."""
        self._meter.step(CHECKING)
        moved = [each.graph for each in self._plan.to_send if not self._in_place(each)]
        counts = manifest.counted(self._client, moved)
        for graph in moved:
            if counts[graph] != listed[graph].triples:
                message = (
                    f"{graph} has {counts[graph]} triples after the load instead of {listed[graph].triples}"
                )
                raise StoreError(message, where=self._client.target.name, hint=_AGAIN)


_STILL_OLD = "What was there before is still in its place. Load again."
_AGAIN = "Load again: it sends that graph anew."
