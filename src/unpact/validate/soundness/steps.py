"""Follows property paths from sets of nodes, and marks the triples that they lead over.

SPARQL gives the ends of a path only; which triples lay on the way is what is wanted here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.names import RDF
from unpact.shacl.shapes import sh

if TYPE_CHECKING:
    from unpact.shacl.triples import Term, Triples
    from unpact.validate.soundness.index import DataIndex, Numbered

_FIRST = NamedNode(RDF + "first")
# operator, whether it repeats without end, and whether it may be left out
_REPEATS = (
    (sh("zeroOrMorePath"), True, True),
    (sh("oneOrMorePath"), True, False),
    (sh("zeroOrOnePath"), False, True),
)


class Steps:
    """Follows the paths of a shapes graph.

    Args:
        paths: the shapes graph; each path that is followed has to be well formed.
        index: the data.
    """

    def __init__(self, paths: Triples, index: DataIndex) -> None:
        self._paths = paths
        self._index = index

    def follow(
        self, path: Term, starts: set[int], marked: set[Numbered] | None, *, inverse: bool = False
    ) -> set[int]:
        """The nodes at the end of a path (SHACL, section 2.3.1).

        Args:
            path: its node in the shapes graph.
            starts: where to begin.
            marked: the triples on the way are added, where somebody wants them.
            inverse: whether to walk from the end of the path to its beginning.
        """
        if not starts:
            return set()
        if isinstance(path, NamedNode):
            return self._step(path, starts, marked, inverse=inverse)
        if self._paths.objects(path, _FIRST):
            members = self._paths.collection(path)
            ends = starts
            for member in reversed(members) if inverse else members:
                ends = self.follow(member, ends, marked, inverse=inverse)
            return ends
        inner = self._paths.object(path, sh("inversePath"))
        if inner is not None:
            return self.follow(inner, starts, marked, inverse=not inverse)
        choices = self._paths.object(path, sh("alternativePath"))
        if choices is not None:
            branches = self._paths.collection(choices)
            return set[int]().union(
                *(self.follow(each, starts, marked, inverse=inverse) for each in branches)
            )
        return self._repeated(path, starts, marked, inverse=inverse)

    def _repeated(
        self, path: Term, starts: set[int], marked: set[Numbered] | None, *, inverse: bool
    ) -> set[int]:
        for operation, endless, optional in _REPEATS:
            inner = self._paths.object(path, operation)
            if inner is None:
                continue
            ends = set(starts) if optional else set[int]()
            newest = self.follow(inner, starts, marked, inverse=inverse)
            while newest - ends:
                newest -= ends
                ends |= newest
                newest = self.follow(inner, newest, marked, inverse=inverse) if endless else set()
            return ends
        return set()

    def _step(
        self, used: NamedNode, starts: set[int], marked: set[Numbered] | None, *, inverse: bool
    ) -> set[int]:
        table = self._index.backward(used) if inverse else self._index.forward(used)
        number = self._index.number(used)
        if number is None:
            return set()
        ends: set[int] = set()
        for start in starts & table.keys():
            reached = table[start]
            ends.update(reached)
            if marked is not None:
                marked.update((end, number, start) if inverse else (start, number, end) for end in reached)
        return ends
