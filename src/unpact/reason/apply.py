"""One rule applied to the members of one of its atoms that are new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.reason.codes import LITERAL, OBJECT, SHIFT
from unpact.reason.join import bindings, plan

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from unpact.reason.facts import Facts
    from unpact.reason.recorded import Entry, Round
    from unpact.reason.rule import Rule


def apply_rule(
    facts: Facts, number: int, rule: Rule, position: int, members: AbstractSet[int], pending: Round
) -> None:
    """Add to `pending` what follows by one rule and is neither among the facts nor pending.

    Args:
        facts: all facts, `members` among them.
        number: of the rule.
        rule: to apply.
        position: of the body atom that `members` are of.
        members: of its relation, to conclude from.
        pending: the conclusions of this round.
    """
    known = facts.of(rule.head.relation)
    waiting = pending.get(rule.head.relation, {})
    found = _by_sets(number, rule, members, known, waiting)
    if found is None:
        found = {}
        for row in bindings(rule, plan(rule, position), members, facts):
            member = rule.head.member(row)
            if member not in known and member not in waiting and member not in found:
                found[member] = (number, *row)
    if found:
        pending.setdefault(rule.head.relation, {}).update(found)


def _by_sets(
    number: int, rule: Rule, members: AbstractSet[int], known: set[int], waiting: dict[int, Entry]
) -> dict[int, Entry] | None:
    """The conclusions of the commonest rules, by operations on whole sets; None for other rules."""
    if len(rule.body) != 1 or rule.apart is not None:
        return None
    match rule.body[0].terms, rule.head.terms:
        case ((0,), (0,)) | ((0, 1), (0, 1)) if not rule.things:
            new = members - known
        case (0, 1), (1, 0):
            turned = {(each & OBJECT) << SHIFT | each >> SHIFT for each in members if each & OBJECT < LITERAL}
            new = turned - known
        case (0, 1), (0,):
            starts = {each >> SHIFT for each in members} - known - waiting.keys()
            return {
                each >> SHIFT: (number, each >> SHIFT, each & OBJECT)
                for each in (members if starts else ())
                if each >> SHIFT in starts
            }
        case (0, 1), (1,):
            ends = {each & OBJECT for each in members if each & OBJECT < LITERAL} - known - waiting.keys()
            return {
                each & OBJECT: (number, each >> SHIFT, each & OBJECT)
                for each in (members if ends else ())
                if each & OBJECT in ends
            }
        case _:
            return None
    return dict.fromkeys(new - waiting.keys() if waiting else new, number)
