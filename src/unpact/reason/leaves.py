"""What a fact rests on in the end: the asserted triples of its proof, and what was handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.reason.recorded import STATED, number_of, premises

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.reason.closure import Closure
    from unpact.reason.codes import Coded
    from unpact.reason.recorded import Entry


class Leaves:
    """The leaves of proofs in one closure, which has to record how it reached its facts.

    Args:
        closure: with all its facts.

    Attributes:
        stated: the leaves that are not asserted, but were handed in by a rule of another kind.
    """

    def __init__(self, closure: Closure) -> None:
        self._closure = closure
        self._known: dict[Coded, tuple[Coded, ...]] = {}
        self.stated: set[Coded] = set()

    def of(self, facts: Iterable[Coded]) -> tuple[Coded, ...]:
        """Those of several facts, each once, in the order of the proofs."""
        return tuple(dict.fromkeys(leaf for fact in facts for leaf in self._of(fact)))

    def _of(self, fact: Coded) -> tuple[Coded, ...]:
        known = self._known.get(fact)
        if known is None:
            # what a conclusion rests on was there before it, so this comes to an end
            known = self._known[fact] = self._found(fact)
        return known

    def _found(self, fact: Coded) -> tuple[Coded, ...]:
        closure = self._closure
        relation, member = closure.facts.place(fact)
        entry = None if member in closure.asserted.get(relation, ()) else self._entry(relation, member)
        if entry is None:
            return (fact,)
        if number_of(entry) <= STATED:
            self.stated.add(fact)
            return (fact,)
        body, axioms = premises(closure.facts, closure.rules, member, entry)
        return self.of((*body, *axioms))

    def _entry(self, relation: int, member: int) -> Entry | None:
        for concluded in self._closure.rounds:
            entry = concluded.get(relation, {}).get(member)
            if entry is not None:
                return entry
        return None
