"""Where triples are written and what states them, from the files of a view."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from unpact.evidence.index import EvidenceIndex
from unpact.finding import Place
from unpact.names import INFERRED_GRAPH
from unpact.validate.locating import Locator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.corpus import CorpusFile
    from unpact.graph.memory import MemoryGraph


class InFiles:
    """Tells of the triples of one view.

    Args:
        graph: the view.
        files: those that it is built from; they are read again where a place is asked for.
    """

    def __init__(self, graph: MemoryGraph, files: Sequence[CorpusFile]) -> None:
        self._graph = graph
        self._files = files

    def place(self, triple: Triple) -> Place | None:
        """Where a triple is written; None for one that is not."""
        return self._locator.exact(triple)

    def sentences(self, triple: Triple) -> tuple[NamedNode, ...]:
        """The sentences and sources that state a triple."""
        return self._evidence.of_triple(triple)

    @cached_property
    def _locator(self) -> Locator:
        return Locator(lambda: self._graph.store, self._files)

    @cached_property
    def _evidence(self) -> EvidenceIndex:
        return EvidenceIndex(self._graph)


class InGraphs(InFiles):
    """Tells of the triples of a graph that was copied from a store: by file where a file has them, else by
    named graph.
    """

    def place(self, triple: Triple) -> Place | None:
        """Where a triple is written; None for one that is in no graph but that of what follows."""
        found = super().place(triple)
        if found is not None and found.line is not None:
            return found
        pattern = (triple.subject, triple.predicate, triple.object)
        graphs = (quad.graph_name for quad in self._graph.store.quads_for_pattern(*pattern, None))
        named = sorted(name.value for name in graphs if isinstance(name, NamedNode))
        written = [name for name in named if name != INFERRED_GRAPH]
        return Place(written[0]) if written else None
