"""Equality: what holds of a thing holds of all that is the same (eq-rep-s, eq-rep-p, eq-rep-o)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from unpact.reason.codes import LITERAL, OBJECT, SHIFT
from unpact.reason.recorded import REPLACED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from unpact.reason.facts import Facts
    from unpact.reason.recorded import Round
    from unpact.reason.words import Words

_EMPTY: frozenset[int] = frozenset()


class Replacing:
    """Copies facts from one thing to another that is the same.

    Symmetry and transitivity of equality are rules of their own, so its own pairs are not copied. Nothing is
    copied to or from a literal, nor to a thing from itself.
    """

    def __init__(self, facts: Facts, words: Words) -> None:
        self._facts = facts
        self._same = words["sameAs"]

    def apply(self, delta: Mapping[int, AbstractSet[int]], pending: Round) -> None:
        """Conclude from new members; entries are ``(REPLACED, premise's relation, its member, same pair)``.

        Args:
            delta: members that are new, by relation.
            pending: what is concluded is added to it.
        """
        pairs = self._facts.of(self._same)
        if not pairs:
            return
        new = self._alike(delta.get(self._same, _EMPTY))
        alike = self._alike(pairs)
        for relation, members in list(self._facts.members.items()):
            if relation == self._same:
                continue
            if new:
                self._copy(relation, members, new, pending)
            if relation in delta:
                self._copy(relation, delta[relation], alike, pending)

    def _alike(self, pairs: AbstractSet[int]) -> dict[int, list[int]]:
        found: defaultdict[int, list[int]] = defaultdict(list)
        for each in sorted(pairs):
            one, other = each >> SHIFT, each & OBJECT
            if one != other and other < LITERAL:
                found[one].append(other)
        return dict(found)

    def _copy(
        self,
        relation: int,
        members: AbstractSet[int],
        alike: Mapping[int, list[int]],
        pending: Round,
    ) -> None:
        for other in alike.get(~relation if relation < 0 else relation, ()):
            target = ~other if relation < 0 else other
            same = (~relation if relation < 0 else relation) << SHIFT | other
            for each in members:
                self._take(pending, target, each, (relation, each, same))
        if relation < 0:
            for each in alike.keys() & members:
                for other in alike[each]:
                    self._take(pending, relation, other, (relation, each, each << SHIFT | other))
            return
        for each in members:
            start, end = each >> SHIFT, each & OBJECT
            for other in alike.get(start, ()):
                self._take(pending, relation, other << SHIFT | end, (relation, each, start << SHIFT | other))
            for other in alike.get(end, ()):
                self._take(pending, relation, start << SHIFT | other, (relation, each, end << SHIFT | other))

    def _take(
        self,
        pending: Round,
        relation: int,
        member: int,
        source: tuple[int, int, int],
    ) -> None:
        if member not in self._facts.of(relation):
            pending.setdefault(relation, {}).setdefault(member, (REPLACED, *source, self._same))
