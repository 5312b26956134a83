"""What is to be in a service: named graphs, each in lines of its own."""

from __future__ import annotations

from contextlib import ExitStack, closing, contextmanager
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, NamedNode

from unpact.errors import DataSyntaxError, UsageError
from unpact.load.bulk import size_of, with_store
from unpact.load.remote.graph_text import text_of_file, text_of_graph
from unpact.load.remote.ntriples import blanks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pyoxigraph import Store

    from unpact.load.remote.graph_text import GraphText
    from unpact.load.sources import Sources

# Bytes of files of which a store is built on disk. What is smaller takes no more in memory, 600 MiB a million
# triples, than the loader of a store on disk takes for itself, and memory is filled three times as fast.
_LARGE = 256 * 2**20
# how many times its size a compressed file of RDF has, roughly
_UNPACKED = 16
# blank nodes, at a time, that are known to be in one graph alone
_REMEMBERED = 50_000


class Content(NamedTuple):
    """A dataset that is to be in a service.

    Args:
        graphs: the triples of each named graph.
        key: a hash over all that the content was made from.
        view: `best` or `article`.
        sources: of each named graph, the file that it came from.
    """

    graphs: Mapping[str, GraphText]
    key: str
    view: str
    sources: Mapping[str, str]


def graphs_of(store: Store) -> dict[str, GraphText]:
    """The named graphs of a store.

    Raises:
        UsageError: for a blank node that is in two of them. It would become two.
        StoreError: where the disk has no room for them.
    """
    names = sorted(name.value for name in store.named_graphs() if isinstance(name, NamedNode))
    graphs = {name: text_of_graph(store, name) for name in names}
    for name, text in graphs.items():
        seen: set[BlankNode] = set()
        for triple in text.blank_triples():
            for node in blanks_of(triple):
                if node not in seen:
                    _refuse_if_shared(node, NamedNode(name), store)
                    seen.add(node)
            if len(seen) > _REMEMBERED:
                seen.clear()
    return graphs


def _refuse_if_shared(node: BlankNode, graph: NamedNode, store: Store) -> None:
    as_subject = store.quads_for_pattern(node, None, None)
    as_object = store.quads_for_pattern(None, None, node)
    for quad in chain(as_subject, as_object):
        if quad.graph_name != graph:
            other = getattr(quad.graph_name, "value", "the default graph")
            raise UsageError(
                f"a blank node of {graph.value} is in {other} too",
                hint="A service would take it for two: give the thing a name.",
            )


@contextmanager
def content_of(
    sources: Sources,
    *,
    refused: Callable[[DataSyntaxError], None] | None = None,
    report: Callable[[str], None] = lambda _: None,
    read: Callable[[int], None] | None = None,
) -> Iterator[Content]:
    """Everything that a load is made from; it is gone afterwards.

    Args:
        sources: what to load.
        refused: takes what is wrong with a file of the user's, which is then left out.
        report: takes the name of each file before it is read.
        read: is told of each number of bytes that was read from a file that is streamed.

    Raises:
        DataSyntaxError: for a file that is not RDF, unless `refused` takes it.
        UsageError: for a file that cannot be read, or that changes meanwhile, and for a blank node that is in
            two graphs.
        StoreError: where the disk has no room.
    """
    with ExitStack() as used:
        key = sources.key
        left_out: list[DataSyntaxError] = []

        def note(error: DataSyntaxError) -> None:
            if refused is None:
                raise error
            left_out.append(error)
            refused(error)

        graphs = {}
        for file in sources.apart():
            report(file.relative)
            try:
                graphs[file.graph_iri] = used.enter_context(closing(text_of_file(file, read)))
            except DataSyntaxError as error:
                note(error)
        for name, text in _other_graphs(sources, None if refused is None else note, report, read).items():
            graphs[name] = used.enter_context(closing(text))
        sources.refuse_changed(key)
        yield Content(
            {name: text for name, text in graphs.items() if text.triples},
            # where files were left out, the next load has to look at them again
            f"{key} in part" if left_out else key,
            sources.view,
            sources.names,
        )


def _other_graphs(
    sources: Sources,
    refused: Callable[[DataSyntaxError], None] | None,
    report: Callable[[str], None],
    read: Callable[[int], None] | None,
) -> dict[str, GraphText]:
    """The graphs of all that cannot be loaded by itself."""

    def filled(store: Store) -> dict[str, GraphText]:
        sources.fill(store, apart=False, refused=refused, report=report, read=read)
        return graphs_of(store)

    files = [] if sources.apart() else sources.extra
    size = sum(size_of(file) * (_UNPACKED if file.compressed else 1) for file in files)
    return with_store(filled, on_disk=size > _LARGE)
