"""How a conclusion was reached, as small as it can be kept.

A member of a relation has an entry: the number of the rule by which it was first concluded, alone where the
conclusion gives the values of the rule's variables, else in a tuple with these values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from unpact.reason.codes import OBJECT, SHIFT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.reason.codes import Coded
    from unpact.reason.facts import Facts
    from unpact.reason.rule import Rule

Entry: TypeAlias = "int | tuple[int, ...]"
#: what one round concluded: entries by member, by relation
Round: TypeAlias = dict[int, dict[int, Entry]]

#: the number of the rules of equality: ``(REPLACED, relation, member, pair, owl:sameAs)``
REPLACED = -1
#: numbers from here downwards are those of conclusions that were handed in
STATED = -2


def number_of(entry: Entry) -> int:
    """The number of the rule of an entry."""
    return entry if isinstance(entry, int) else entry[0]


def premises(
    facts: Facts, rules: Sequence[Rule], member: int, entry: Entry
) -> tuple[tuple[Coded, ...], tuple[Coded, ...]]:
    """The facts that a conclusion was drawn from, and the axioms; neither for one that was handed in.

    Args:
        facts: all facts.
        rules: by their numbers.
        member: what was concluded, in the relation that is the rule's head.
        entry: how.
    """
    number = number_of(entry)
    if number <= STATED:
        return (), ()
    if number == REPLACED and isinstance(entry, tuple):
        _, relation, copied, same, word = entry
        return (facts.triple(relation, copied), (same >> SHIFT, word, same & OBJECT)), ()
    rule = rules[number]
    if isinstance(entry, tuple):
        binding = entry[1:]
    elif len(rule.body[0].terms) == 1:
        binding = (member,)
    elif rule.head.terms == rule.body[0].terms:
        binding = (member >> SHIFT, member & OBJECT)
    else:
        binding = (member & OBJECT, member >> SHIFT)
    body = dict.fromkeys(facts.triple(atom.relation, atom.member(binding)) for atom in rule.body)
    return tuple(body), rule.axioms
