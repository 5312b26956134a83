"""Classes, or properties, as trees from the wide to the narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from pyoxigraph import NamedNode


class Branch(NamedTuple):
    """A term, and what is directly narrower."""

    term: NamedNode
    below: tuple[Branch, ...]


class Hierarchy:
    """What is narrower than what.

    Args:
        pairs: a term, and one that is directly wider.
        label: gives the words by which branches are ordered.
    """

    def __init__(
        self, pairs: Iterable[tuple[NamedNode, NamedNode]], label: Callable[[NamedNode], str]
    ) -> None:
        self._label = label
        self._below: dict[NamedNode, set[NamedNode]] = {}
        self._above: dict[NamedNode, set[NamedNode]] = {}
        for term, above in pairs:
            self._below.setdefault(above, set()).add(term)
            self._above.setdefault(term, set()).add(above)

    def around(self, term: NamedNode) -> tuple[Branch, ...]:
        """The trees in which a term stands: the ways down to it from what is widest, and all below it."""
        kept = {term, *self.above(term)}
        return tuple(self._branch(root, kept, term, ()) for root in self._roots(kept))

    def whole(self, terms: Iterable[NamedNode]) -> tuple[Branch, ...]:
        """The trees of all terms; one that has two wider ones is in both places."""
        kept = set(terms)
        return tuple(self._branch(root, kept, None, ()) for root in self._roots(kept))

    def above(self, term: NamedNode) -> set[NamedNode]:
        """All that is wider than a term, directly or not."""
        found: set[NamedNode] = set()
        todo = [term]
        while todo:
            new = self._above.get(todo.pop(), set()) - found
            found |= new
            todo += new
        return found - {term}

    def _roots(self, kept: Collection[NamedNode]) -> list[NamedNode]:
        """Those of some terms above which there is no other of them, and one of each circle of equals."""
        reached: set[NamedNode] = set()
        roots: list[NamedNode] = []
        top = (each for each in kept if not self._above.get(each, set()) & set(kept))
        for each in (*self._ordered(top), *self._ordered(kept)):
            if each not in reached:
                roots.append(each)
                reached |= {each, *self._all_below(each)}
        return roots

    def _branch(
        self,
        term: NamedNode,
        kept: Collection[NamedNode],
        opened: NamedNode | None,
        way: tuple[NamedNode, ...],
    ) -> Branch:
        # at the term that is looked for, everything below counts
        everything = term == opened or opened in way
        below = (
            each
            for each in self._below.get(term, ())
            if (everything or each in kept) and each != term and each not in way
        )
        return Branch(
            term, tuple(self._branch(each, kept, opened, (*way, term)) for each in self._ordered(below))
        )

    def _all_below(self, term: NamedNode) -> Iterator[NamedNode]:
        seen = {term}
        todo = [term]
        while todo:
            new = self._below.get(todo.pop(), set()) - seen
            seen |= new
            todo += new
            yield from new

    def _ordered(self, terms: Iterable[NamedNode]) -> list[NamedNode]:
        return sorted(terms, key=lambda each: (self._label(each).lower(), each.value))


def terms_of(branches: Iterable[Branch]) -> Iterator[NamedNode]:
    """Every term of some trees, repeated where it stands in several places."""
    for branch in branches:
        yield branch.term
        yield from terms_of(branch.below)
