"""The rows of a SELECT query as bytes: what a server sends on without looking at any term."""

from __future__ import annotations

from io import BytesIO, StringIO
from typing import TYPE_CHECKING, NamedTuple

from unpact.graph.memory import MemoryGraph
from unpact.graph.stored import StoredGraph
from unpact.query.dotted import write_out_dotted
from unpact.query.policy import refuse_remote
from unpact.query.run import failures_of, run_text

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

    from unpact.graph.interface import Graph


class Rows(NamedTuple):
    """Rows in the SPARQL 1.1 Query Results TSV Format.

    Args:
        tsv: the header and one line a row.
        cut: whether there are more rows than were wanted.
    """

    tsv: bytes
    cut: bool


def write_rows(graph: Graph, text: str, most_rows: int) -> Rows:
    """Run a SELECT query; errors as for `run_text`.

    Args:
        graph: any. One in memory, or a whole store on disk, writes its rows itself, which takes a quarter of
            the time.
        text: of the query.
        most_rows: after which the answer is cut.
    """
    if isinstance(graph, StoredGraph) and not graph.default_graph:
        graph = MemoryGraph(graph.store)
    if not isinstance(graph, MemoryGraph):
        return _written_here(graph, text, most_rows)
    refuse_remote(text, local_graphs=graph.named_graphs)
    lines = _Lines(most_rows + 1)
    with failures_of(text):
        try:
            graph.write_rows(write_out_dotted(text), lines)
        except _Full:
            return Rows(lines.first(), cut=True)
    return Rows(lines.getvalue(), cut=False)


def _written_here(graph: Graph, text: str, most_rows: int) -> Rows:
    from unpact.render.separated import write_tsv

    result = run_text(graph, text, most_rows=most_rows)
    stream = StringIO()
    write_tsv(result, stream, str)
    return Rows(stream.getvalue().encode(), result.cut)


class _Full(Exception):  # noqa: N818 - a state, not a failure
    """There are more lines than wanted."""


class _Lines(BytesIO):
    """Takes lines until there are more than wanted; no term of TSV has a line break in it."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most
        self._count = 0

    def write(self, content: ReadableBuffer, /) -> int:
        self._count += bytes(content).count(b"\n")
        size = super().write(content)
        if self._count > self._most:
            raise _Full
        return size

    def first(self) -> bytes:
        """As many lines as wanted."""
        return b"\n".join(self.getvalue().split(b"\n", self._most)[: self._most]) + b"\n"
