"""Terms as whole numbers, which sets and dictionaries handle far faster than terms.

Literals have numbers of their own, from `LITERAL` upwards, so that a rule that cannot conclude anything about
a literal tells it by its number. Two numbers fit into one, which is how a subject and an object are kept
together: `pair >> SHIFT` and `pair & OBJECT`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
#: subject, predicate and object as numbers
Coded: TypeAlias = tuple[int, int, int]

#: the first number of a literal
LITERAL = 1 << 31
#: how far the subject is moved to make room for the object
SHIFT = 32
#: takes the object out of a pair
OBJECT = (1 << SHIFT) - 1


class Codes:
    """Numbers for terms, given in the order in which terms come."""

    def __init__(self) -> None:
        self._codes: dict[Term, int] = {}
        self._things: list[Term] = []
        self._literals: list[Term] = []

    def code(self, term: Term) -> int:
        """The number of a term, a new one if it has none."""
        found = self._codes.get(term)
        if found is None:
            if isinstance(term, Literal):
                found = LITERAL + len(self._literals)
                self._literals.append(term)
            else:
                found = len(self._things)
                self._things.append(term)
            self._codes[term] = found
        return found

    def known(self, term: Term) -> int | None:
        """The number of a term that has one."""
        return self._codes.get(term)

    def term(self, code: int) -> Term:
        """The term of a number."""
        return self._literals[code - LITERAL] if code >= LITERAL else self._things[code]

    def encode(self, triples: Iterable[tuple[Term, Term, Term]]) -> Iterator[Coded]:
        """Triples as numbers. What a quoted triple says is not looked into: it is one term."""
        known, code = self._codes.get, self.code
        for subject, predicate, value in triples:
            first, second, third = known(subject), known(predicate), known(value)
            yield (
                code(subject) if first is None else first,
                code(predicate) if second is None else second,
                code(value) if third is None else third,
            )

    def decode(self, fact: Coded) -> tuple[Term, Term, Term]:
        """A triple of numbers as terms."""
        subject, predicate, value = fact
        return self.term(subject), self.term(predicate), self.term(value)
