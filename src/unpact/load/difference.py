"""What a load would change in a graph: the triples to add and to remove."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Difference(NamedTuple):
    """One named graph, before and after a load.

    Args:
        graph: its IRI.
        here: triples that are to be there.
        there: triples that are there now.
        add: those that come.
        remove: those that go.
    """

    graph: str
    here: int
    there: int
    add: int
    remove: int


def difference(graph: str, here: Iterable[Triple], there: Iterable[Triple]) -> Difference:
    """Compare two graphs; blank nodes are the same when all that is said of them is (RDFC-1.0).

    Of each triple of `here` 16 bytes are kept, of those of `there` none but those with blank nodes.

    Args:
        graph: the IRI, for the result.
        here: distinct triples.
        there: distinct triples.
    """
    new = set(_marks(here))
    old = both = 0
    for mark in _marks(there):
        old += 1
        both += mark in new
    return Difference(graph, len(new), old, len(new) - both, old - both)


def _marks(triples: Iterable[Triple]) -> Iterator[bytes]:
    """What tells each triple from all others, whatever its blank nodes are called."""
    blank: list[Triple] = []
    for triple in triples:
        if _blanks(triple):
            blank.append(triple)
        else:
            yield _mark(str(triple))
    # each group of blank nodes by itself, so that a change in one does not rename the others
    seen: Counter[bytes] = Counter()
    for group in _groups(blank):
        dataset = Dataset(Quad(each.subject, each.predicate, each.object) for each in group)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        lines = sorted(map(str, dataset))
        said = _mark("\n".join(lines))
        # groups of which the same is said are told apart by their number alone
        seen[said] += 1
        for line in lines:
            yield _mark(f"{said.hex()} {seen[said]} {line}")


def _mark(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _groups(triples: list[Triple]) -> list[list[Triple]]:
    """The triples, all with blank nodes, in groups that share none."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    names = [_blanks(triple) for triple in triples]
    for each in names:
        for other in each[1:]:
            parent[root(other)] = root(each[0])
    groups: dict[str, list[Triple]] = {}
    for triple, each in zip(triples, names, strict=True):
        groups.setdefault(root(each[0]), []).append(triple)
    return list(groups.values())


def _blanks(triple: Triple) -> list[str]:
    found = []
    for term in (triple.subject, triple.object):
        if isinstance(term, BlankNode):
            found.append(term.value)
        elif isinstance(term, Triple):
            found += _blanks(term)
    return found
