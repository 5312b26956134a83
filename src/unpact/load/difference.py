"""What a load would change in a graph: the triples to add and to remove."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.graph.interface import Term


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

    Args:
        graph: the IRI, for the result.
        here: distinct triples.
        there: distinct triples.
    """
    new, old = _canonical(here), _canonical(there)
    return Difference(graph, len(new), len(old), len(new - old), len(old - new))


def _canonical(triples: Iterable[Triple]) -> set[Triple]:
    ground: set[Triple] = set()
    blank: list[Triple] = []
    for triple in triples:
        held = (triple.subject, triple.object)
        if any(isinstance(term, BlankNode | Triple) for term in held):
            blank.append(triple)
        else:
            ground.add(triple)
    if not blank:
        return ground
    # each group of blank nodes by itself, so that a change in one does not rename the others
    seen: Counter[str] = Counter()
    for group in _groups(blank):
        dataset = Dataset(Quad(each.subject, each.predicate, each.object) for each in group)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        lines = "\n".join(sorted(map(str, dataset)))
        # groups of which the same is said are told apart by their number alone
        seen[lines] += 1
        mark = hashlib.sha256(f"{seen[lines]}\n{lines}".encode()).hexdigest()[:16]
        ground.update(_marked(quad.triple, mark) for quad in dataset)
    return ground


def _marked(triple: Triple, mark: str) -> Triple:
    """A triple whose blank nodes have names that no other group has."""

    def named(term: Term) -> Term:
        if isinstance(term, BlankNode):
            return BlankNode(mark + term.value)
        return _marked(term, mark) if isinstance(term, Triple) else term

    return Triple(named(triple.subject), triple.predicate, named(triple.object))  # type: ignore[arg-type]  # of its kind


def _groups(triples: list[Triple]) -> list[list[Triple]]:
    """The triples in groups that share no blank node."""
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
        groups.setdefault(root(each[0]) if each else "", []).append(triple)
    return list(groups.values())


def _blanks(triple: Triple) -> list[str]:
    found = []
    for term in (triple.subject, triple.object):
        if isinstance(term, BlankNode):
            found.append(term.value)
        elif isinstance(term, Triple):
            found += _blanks(term)
    return found
