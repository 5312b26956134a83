"""Where triples are written and what states them, from the files of a view."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from unpact.evidence.index import EvidenceIndex
from unpact.validate.locating import Locator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import NamedNode, Triple

    from unpact.corpus import CorpusFile
    from unpact.finding import Place
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
