"""A load into a store on disk: the whole content beside the old one, counted, then put in its place."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode, Store

from unpact import __version__
from unpact.describe.statistics import graph_sizes
from unpact.errors import StoreError, UsageError
from unpact.graph.generations import Manifest, manifest_of, new_generation
from unpact.graph.stored import StoredGraph
from unpact.load.bulk import with_store
from unpact.load.difference import Difference, difference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pyoxigraph import Triple

    from unpact.errors import DataSyntaxError
    from unpact.graph.interface import Graph
    from unpact.load.sources import Sources


class Loaded(NamedTuple):
    """What a load did.

    Args:
        before: what the store held; None where there was none.
        now: what it holds.
        changed: whether anything was written.
    """

    before: Manifest | None
    now: Manifest
    changed: bool


def load_into_store(
    path: Path,
    sources: Sources,
    *,
    refused: Callable[[DataSyntaxError], None] | None = None,
    report: Callable[[str], None] = lambda _: None,
    read: Callable[[int], None] | None = None,
    check: Callable[[Graph], None] = lambda _: None,
) -> Loaded:
    """Make the store in a directory hold what `sources` say, and nothing else.

    Whatever happens meanwhile, whoever opens the store finds the old content or the new one. Where the store
    was loaded from the very same files, nothing is written.

    Args:
        path: the directory of the store; made if it is not there.
        sources: what to load.
        refused: takes what is wrong with a file of the user's, which is then left out.
        report: takes the name of what is being read.
        read: is told of each number of bytes that was read from a file that is streamed.
        check: looks at the new content before it counts, and raises what is wrong with it.

    Raises:
        DataSyntaxError: for a file that is not RDF, unless `refused` takes it.
        UsageError: for a directory that holds other things, or a file that cannot be read.
        StoreError: where another process is loading, or where nothing can be written.
    """
    key, before = sources.key, manifest_of(path)
    if before is not None and before.key == key:
        return Loaded(before, before, changed=False)
    left_out: list[DataSyntaxError] = []

    def note(error: DataSyntaxError) -> None:
        left_out.append(error)
        if refused is not None:
            refused(error)

    with new_generation(path) as writing:
        store = Store(str(writing.database))
        sources.fill(store, refused=None if refused is None else note, report=report, read=read)
        store.flush()
        number = len(store)
        # closes it: from here on the new generation is only read
        del store
        triples = _counted(path, writing.database, number)
        sources.refuse_changed(key)
        names = sources.names
        now = Manifest(
            # where files were left out, the next load has to look at them again
            key=f"{key} in part" if left_out else key,
            view=sources.view,
            version=__version__,
            loaded=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            triples=triples,
            sources={graph: names.get(graph, "") for graph in triples},
        )
        check(StoredGraph(writing.database))
        writing.publish(now)
    return Loaded(before, now, changed=True)


def plan_for_store(
    path: Path, sources: Sources, *, refused: Callable[[DataSyntaxError], None] | None = None
) -> list[Difference]:
    """What a load into the store in a directory would change, a row for each graph; nothing is written there.

    Arguments and errors as for `load_into_store`.
    """
    before = manifest_of(path)
    if before is not None and before.key == sources.key:
        return [Difference(name, number, number, 0, 0) for name, number in sorted(before.triples.items())]

    def compared(new: Store) -> list[Difference]:
        sources.fill(new, refused=refused)
        old = Store() if before is None else StoredGraph(path).store
        graphs = {name.value for store in (new, old) for name in store.named_graphs()}
        return [difference(name, _triples(new, name), _triples(old, name)) for name in sorted(graphs)]

    # it may be larger than the memory
    return with_store(compared, on_disk=True)


def _triples(store: Store, graph: str) -> Iterator[Triple]:
    return (quad.triple for quad in store.quads_for_pattern(None, None, None, NamedNode(graph)))


def _counted(path: Path, database: Path, number: int) -> dict[str, int]:
    """The triples of each graph, counted from what is on disk."""
    graph = StoredGraph(database)
    found, graphs = len(graph), list(graph.store.named_graphs())
    if found and len(graphs) == 1 and isinstance(graphs[0], NamedNode):
        # every triple lies in a named graph, and to count by graph takes four times as long
        triples = {graphs[0].value: found}
    else:
        triples = graph_sizes(graph)
    if not triples:
        hint = "Name files, or ask for more with --what."
        raise UsageError("there is nothing to load", where=str(path), hint=hint)
    if sum(triples.values()) != number:
        message = f"of {number:,} triples {sum(triples.values()):,} have reached the disk"
        raise StoreError(message, where=str(path), hint="The store is as it was. Load again.")
    return triples
