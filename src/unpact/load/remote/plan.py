"""What a load would change."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from unpact.errors import UsageError
from unpact.load.remote import manifest
from unpact.load.remote.client import Client
from unpact.load.remote.lock import is_over

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from unpact.load.remote.content import Content
    from unpact.load.remote.manifest import Manifest
    from unpact.load.remote.profiles import Profile
    from unpact.load.remote.target import Target


class Change(NamedTuple):
    """What happens to a named graph.

    Args:
        graph: its IRI.
        source: the file that it comes from.
        here: triples in the content; 0 for a graph that an earlier load has left and that has none any more.
        there: triples that the service has now.
        to_add: triples to send. A graph is sent whole or not at all.
        to_remove: triples that go.
    """

    graph: str
    source: str
    here: int
    there: int
    to_add: int
    to_remove: int


class Plan(NamedTuple):
    """What a load would change.

    Args:
        changes: one a named graph of the content or of an earlier load, sorted by IRI.
        done: the service has all of it already.
        found: what the service says of loads.
        notes: sentences for the user, about loads that were broken off and about what readers will see.
    """

    changes: tuple[Change, ...]
    done: bool
    found: Manifest
    notes: tuple[str, ...]

    @property
    def to_send(self) -> tuple[Change, ...]:
        """The graphs to send."""
        return tuple(each for each in self.changes if each.to_add)

    @property
    def to_drop(self) -> tuple[Change, ...]:
        """The graphs of an earlier load that the content has no more."""
        return tuple(each for each in self.changes if not each.here)


def plan_of(content: Content, target: Target, *, transport: httpx.BaseTransport | None = None) -> Plan:
    """Compare what is to be loaded with what the service has. Changes nothing.

    A graph counts as unchanged when an earlier load left the same digest and the service still has as many
    triples.

    Args:
        content: to load.
        target: the service.
        transport: in place of the network.

    Raises:
        UsageError: for content that cannot be loaded into any service.
        StoreError: when the service fails.
    """
    client = Client(target, transport)
    try:
        found = manifest.read(client)
        if found.key == content.key and found.view == content.view:
            unchanged = _as_it_was(found, client)
            if unchanged is not None:
                return unchanged
        changes = _changes(content, found, client)
    finally:
        client.close()
    notes = (*_broken_off(content, found), *_seen_by_readers(changes, target.profile))
    return Plan(changes, done=False, found=found, notes=notes)


def _as_it_was(found: Manifest, client: Client) -> Plan | None:
    """The plan of a load that was finished before, without reading the content again; None if it was
    disturbed.
    """
    there = manifest.counted(client, found.graphs)
    if found.lock or any(there[graph] != listed.triples for graph, listed in found.graphs.items()):
        return None
    changes = tuple(
        Change(graph, listed.source, listed.triples, there[graph], 0, 0)
        for graph, listed in found.graphs.items()
    )
    return Plan(changes, done=True, found=found, notes=())


def _changes(content: Content, found: Manifest, client: Client) -> tuple[Change, ...]:
    reserved = next(filter(manifest.is_ours, content.graphs), None)
    if reserved is not None:
        raise UsageError(f"the graph {reserved} is kept for the load itself", hint="Give it another name.")
    there = manifest.counted(client, {*content.graphs, *found.graphs})
    changes = []
    for graph, size in sorted(there.items()):
        before = found.graphs.get(graph)
        if graph not in content.graphs:
            source = before.source if before else ""
            changes.append(Change(graph, source, 0, size, 0, size))
            continue
        here = content.graphs[graph]
        # what differs in size need not be looked through
        counts = before is not None and before.triples == size
        same = before is not None and counts and before.digest == here.digest
        adds, removes = (0, 0) if same else (here.triples, size)
        source = content.sources.get(graph, "")
        changes.append(Change(graph, source, here.triples, size, adds, removes))
    return tuple(changes)


def _broken_off(content: Content, found: Manifest) -> tuple[str, ...]:
    if found.lock is None:
        return ()
    if not is_over(found.lock):
        return ("Another load is under way there.",)
    if found.lock.key == content.key:
        return ("A load of the same content was broken off there; this one goes on with it.",)
    return (
        "A load of other content was broken off there; this one takes its place, and removes what it staged.",
    )


def _seen_by_readers(changes: tuple[Change, ...], profile: Profile) -> Iterator[str]:
    """What readers may see beside the old and the new."""
    for change in changes:
        if change.to_add and profile.replaces_at_once(change.here):
            yield (
                f"{change.graph} is so large that it is replaced in its place, whole but before the others: "
                "to move it would take longer than to send it."
            )
    if not profile.atomic_update and any(change.to_add or change.to_remove for change in changes):
        yield "Services of this kind may move one graph after another: for a moment new is seen beside old."
