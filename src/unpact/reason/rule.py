"""A rule: what must hold (the body), and what follows (the head), with the axioms that it says it by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from unpact.reason.codes import SHIFT

if TYPE_CHECKING:
    from unpact.reason.codes import Coded

#: the values of the variables 0, 1, 2 ... of a rule
Binding: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Atom:
    """One thing that must hold, or that follows.

    Args:
        relation: a property or a class, see `unpact.reason.facts`.
        terms: what stands in its places: one for a class, two for a property. A number from 0 upwards is a
            variable, `~code` a constant.
    """

    relation: int
    terms: tuple[int, ...]

    def member(self, binding: Binding) -> int:
        """The member of the relation for the values of the variables."""
        first = self.terms[0]
        start = binding[first] if first >= 0 else ~first
        if self.relation < 0:
            return start
        second = self.terms[1]
        return start << SHIFT | (binding[second] if second >= 0 else ~second)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule over facts, compiled from axioms.

    Args:
        name: of the rule in the OWL 2 Profiles recommendation, section 4.3: `cax-sco`.
        body: what must hold, all of it; empty where the axioms are enough.
        head: what follows.
        axioms: the triples of the ontology that it was compiled from.
        apart: variables that must differ: a thing that is the same as itself is no news.
        things: variables that must not be literals.
    """

    name: str
    body: tuple[Atom, ...]
    head: Atom
    axioms: tuple[Coded, ...]
    apart: tuple[int, int] | None = None
    things: tuple[int, ...] = ()
