"""Facts taken back without starting over: delete what rested on them, then conclude what still follows.

What rests on a fact is known from how each conclusion was reached. A conclusion that goes may follow from
what is left in another way, so its rules are asked again; all else stands as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.reason.join import HEAD, bindings, plan
from unpact.reason.recorded import number_of, premises

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.reason.closure import Closure
    from unpact.reason.codes import Coded
    from unpact.reason.facts import Members
    from unpact.reason.recorded import Round


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
    for relation, members in closure.stated.items():
        gone.setdefault(relation, set()).update(members - closure.asserted.get(relation, set()))
    closure.stated.clear()
    obsolete: frozenset[int] = frozenset()
    fresh: frozenset[int] = frozenset()
    deleted: Members = {}
    while True:
        _spread(closure, gone, obsolete)
        closure.facts.remove(gone)
        _forget(closure, gone)
        for relation, members in gone.items():
            deleted.setdefault(relation, set()).update(members)
        if not closure.is_schema((*gone, *delta)):
            break
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
    closure.stated.clear()
    delta = {relation: members for relation, members in closure.asserted.items() if members}
    for relation, members in delta.items():
        closure.facts.add(relation, members)
    closure.compile()
    pending: Round = {}
    for number, _ in closure.active():
        closure.apply_whole(number, pending)
    closure.proceed({closure.words["sameAs"]: closure.facts.of(closure.words["sameAs"])}, pending)


def _spread(closure: Closure, gone: Members, obsolete: frozenset[int]) -> None:
    """Add to `gone` every conclusion that rests on what is there, or was drawn by a rule that went.

    What rests on a fact is among what its rules conclude from it, so nothing else is looked at.
    """
    facts, rules = closure.facts, closure.rules
    frontier = {relation: set(members) for relation, members in gone.items()}
    for number in obsolete:
        head = rules[number].head.relation
        drawn = {
            member
            for concluded in closure.rounds
            for member, entry in concluded.get(head, {}).items()
            if number_of(entry) == number
        }
        _lose(closure, head, drawn, gone, frontier)
    while frontier:
        current, frontier = frontier, {}
        for relation, members in current.items():
            for number, position in closure.using(relation):
                rule = rules[number]
                head = rule.head.relation
                drawn = {
                    rule.head.member(row) for row in bindings(rule, plan(rule, position), members, facts)
                }
                lost = {member for member in drawn if _rests_on(closure, head, member, gone)}
                _lose(closure, head, lost, gone, frontier)


def _rests_on(closure: Closure, relation: int, member: int, gone: Members) -> bool:
    """Whether the remembered step to a conclusion has a premise in `gone`."""
    entry = closure.entry(relation, member)
    if entry is None:
        return False
    body, _ = premises(closure.facts, closure.rules, member, entry)
    return any(place[1] in gone.get(place[0], ()) for place in map(closure.facts.place, body))


def _lose(closure: Closure, relation: int, members: set[int], gone: Members, frontier: Members) -> None:
    # what is asserted as well stays, and only no longer follows in the way that is remembered
    stays = members & closure.asserted.get(relation, set())
    for concluded in closure.rounds:
        for member in stays & concluded.get(relation, {}).keys():
            del concluded[relation][member]
    lost = members - stays - gone.get(relation, set())
    if lost:
        gone.setdefault(relation, set()).update(lost)
        frontier.setdefault(relation, set()).update(lost)


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
