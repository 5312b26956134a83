"""A graph in two parts: triples without blank nodes, and molecules.

A molecule is a set of triples whose blank nodes hang together and with no others (a minimum self-contained
graph). Two graphs are isomorphic, by RDF 1.1 Concepts, when they have the same other triples and as many
molecules of each form. So a blank node needs no name to be compared.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, Triple

from unpact.diff.colours import coloured, replaced, terms_of, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unpact.diff.colours import Term


class Molecule:
    """Triples whose blank nodes hang together; two are equal when they are isomorphic.

    Args:
        triples: at least one, each with a blank node.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = frozenset(triples)

    @cached_property
    def nodes(self) -> frozenset[BlankNode]:
        """The blank nodes."""
        return frozenset(node for triple in self.triples for node in _blank(triple))

    @cached_property
    def colours(self) -> dict[Term, str]:
        """What tells the blank nodes apart; those of one colour may be interchangeable."""
        return coloured(self.triples, self.nodes)

    @cached_property
    def form(self) -> tuple[str, ...]:
        """The triples as text without the names of blank nodes; the same for isomorphic molecules alone.

        On trees, and where every node has a colour of its own, colours tell as much as names do. What is
        left, symmetric cycles, is canonicalized by the engine.
        """
        names: Mapping[Term, str] = self.colours
        triples: Iterable[Triple] = self.triples
        if len(set(names.values())) < len(names) and not self._is_tree():
            dataset = Dataset(Quad(*triple) for triple in self.triples)
            dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
            triples, names = (quad.triple for quad in dataset), {}
        known = names
        return tuple(sorted(written(triple, lambda term: known.get(term) or str(term)) for triple in triples))

    def _is_tree(self) -> bool:
        """Whether the blank nodes and the triples that join two of them are a tree."""
        found = (frozenset(_blank(triple)) for triple in self.triples)
        joined = {nodes for nodes in found if len(nodes) > 1}
        return all(len(nodes) == 2 for nodes in joined) and len(joined) == len(self.nodes) - 1  # noqa: PLR2004

    def replaced(self, names: Mapping[Term, Term]) -> Molecule:
        """The same with other terms in place of some."""
        return Molecule(replaced(triple, lambda term: names.get(term, term)) for triple in self.triples)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Molecule) and (self.triples == other.triples or self.form == other.form)

    def __hash__(self) -> int:
        return hash(self.form)

    def __lt__(self, other: Molecule) -> bool:
        return self.form < other.form


class Parts:
    """A graph in its two parts.

    Args:
        triples: in any order, each as often as one likes.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        ground: set[Triple] = set()
        blank: set[Triple] = set()
        for triple in triples:
            subject, _, value = triple
            named = isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal)
            (ground if named or not any(_blank(triple)) else blank).add(triple)
        self.ground = frozenset(ground)
        self.molecules = tuple(map(Molecule, _joined(blank)))

    @classmethod
    def joined(cls, graphs: Iterable[Parts]) -> Parts:
        """The union of graphs that share no blank node, as those of different files."""
        found = cls(())
        parts = list(graphs)
        found.ground = frozenset().union(*(each.ground for each in parts))
        found.molecules = tuple(molecule for each in parts for molecule in each.molecules)
        return found

    def counted(self) -> Counter[Molecule]:
        """How many molecules there are of each form."""
        return Counter(self.molecules)


def _blank(triple: Triple) -> Iterable[BlankNode]:
    return (term for term in terms_of(triple) if isinstance(term, BlankNode))


def _joined(triples: Iterable[Triple]) -> Iterable[list[Triple]]:
    """The triples in groups that share no blank node."""
    above: dict[BlankNode, BlankNode] = {}

    def root(node: BlankNode) -> BlankNode:
        while above.setdefault(node, node) != node:
            above[node] = above[above[node]]
            node = above[node]
        return node

    ordered = sorted(triples, key=str)
    for triple in ordered:
        first, *others = _blank(triple)
        for other in others:
            above[root(other)] = root(first)
    groups: dict[BlankNode, list[Triple]] = {}
    for triple in ordered:
        groups.setdefault(root(next(iter(_blank(triple)))), []).append(triple)
    return groups.values()
