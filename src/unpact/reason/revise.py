"""Facts taken back without starting over: delete what rested on them, then conclude what still follows.

What rests on a fact is known from how each conclusion was reached. A conclusion that goes may follow from
what is left in another way, so its rules are asked again; all else stands as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.reason.join import HEAD, bindings, plan
from unpact.reason.recorded import STATED, number_of, premises

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.reason.closure import Closure
    from unpact.reason.codes import Coded
    from unpact.reason.facts import Members
    from unpact.reason.recorded import Entry, Round


def revise(closure: Closure, removed: Iterable[Coded] = (), added: Iterable[Coded] = ()) -> None:
    """Take back asserted triples and assert others; the closure is then that of what is asserted.

    What was handed in with `Closure.conclude` is taken back, since nothing is known of how it was reached.
    """
    taken = closure.facts.grouped(removed)
    for relation, members in taken.items():
        members.intersection_update(closure.asserted.get(relation, ()))
        closure.asserted.setdefault(relation, set()).difference_update(members)
    delta = closure.take(added)
    # what is taken back and asserted again stays
    gone = {relation: members - closure.asserted[relation] for relation, members in taken.items()}
    if closure.facts.of(closure.words["sameAs"]):
        # equality ties everything to everything: starting over is no slower
        restart(closure)
        return
    obsolete: frozenset[int] = frozenset()
    fresh: frozenset[int] = frozenset()
    deleted: Members = {}
    while True:
        _add_stated(closure, gone)
        _spread(closure, gone, obsolete)
        closure.facts.remove(gone)
        _forget(closure, gone)
        for relation, members in gone.items():
            deleted.setdefault(relation, set()).update(members)
        # axioms that went take their rules with them, and these their conclusions
        came, obsolete = closure.compile()
        fresh = (fresh | came) - obsolete
        if not obsolete:
            break
        gone = {}
    pending = _again(closure, deleted)
    for number in sorted(fresh):
        closure.apply_whole(number, pending)
    closure.proceed(
        {relation: members & closure.facts.of(relation) for relation, members in delta.items()}, pending
    )


def restart(closure: Closure) -> None:
    """Draw all conclusions anew from what is asserted."""
    closure.facts.remove({relation: set(members) for relation, members in closure.facts.members.items()})
    closure.rounds.clear()
    delta = {relation: members for relation, members in closure.asserted.items() if members}
    for relation, members in delta.items():
        closure.facts.add(relation, members)
    closure.compile()
    pending: Round = {}
    for number, _ in closure.active():
        closure.apply_whole(number, pending)
    closure.proceed({closure.words["sameAs"]: closure.facts.of(closure.words["sameAs"])}, pending)


def _add_stated(closure: Closure, gone: Members) -> None:
    for concluded in closure.rounds:
        for relation, members in concluded.items():
            for member, entry in members.items():
                if number_of(entry) <= STATED and member not in closure.asserted.get(relation, ()):
                    gone.setdefault(relation, set()).add(member)


def _spread(closure: Closure, gone: Members, obsolete: frozenset[int]) -> None:
    """Add to `gone` every conclusion that rests on what is there, or was drawn by a rule that went."""
    facts, rules, asserted = closure.facts, closure.rules, closure.asserted

    def lost(member: int, entry: Entry) -> bool:
        number = number_of(entry)
        if number in obsolete:
            return True
        if number >= 0 and not any(atom.relation in gone for atom in rules[number].body):
            return False
        body, _ = premises(facts, rules, member, entry)
        return any(place[1] in gone.get(place[0], ()) for place in map(facts.place, body))

    # rounds stand in order: what a conclusion rests on has been looked at before
    for concluded in closure.rounds:
        for relation, members in concluded.items():
            hit = {member for member, entry in members.items() if lost(member, entry)}
            # what is asserted as well stays, and only no longer follows in the way that is remembered
            stays = hit & asserted.get(relation, set())
            for member in stays:
                del members[member]
            if hit - stays:
                gone.setdefault(relation, set()).update(hit - stays)


def _forget(closure: Closure, gone: Members) -> None:
    """Drop the entries of what is gone."""
    for concluded in closure.rounds:
        for relation in concluded.keys() & gone.keys():
            for member in gone[relation] & concluded[relation].keys():
                del concluded[relation][member]
            if not concluded[relation]:
                del concluded[relation]
    closure.rounds[:] = [concluded for concluded in closure.rounds if concluded]


def _again(closure: Closure, deleted: Members) -> Round:
    """What of `deleted` follows in one step from the facts that are left."""
    pending: Round = {}
    for number, rule in closure.active():
        members = deleted.get(rule.head.relation)
        if not members:
            continue
        for row in bindings(rule, plan(rule, HEAD), members, closure.facts):
            member = rule.head.member(row)
            if member not in closure.facts.of(rule.head.relation):
                pending.setdefault(rule.head.relation, {}).setdefault(member, (number, *row))
    return pending
