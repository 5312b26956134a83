"""What would have to hold for a triple to follow: the rules that could conclude it, and what each lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from unpact.reason.join import HEAD, bindings, plan

if TYPE_CHECKING:
    from unpact.reason.closure import Closure
    from unpact.reason.codes import Coded
    from unpact.reason.rule import Atom, Rule

#: a triple of numbers, None where anything would do
Pattern: TypeAlias = "tuple[int | None, int | None, int | None]"


@dataclass(frozen=True, slots=True)
class Missing:
    """One premise away: a rule that would conclude a triple if one more thing held.

    Args:
        rule: the rule.
        found: its premises that hold.
        lacking: the premise that does not.
    """

    rule: Rule
    found: tuple[Coded, ...]
    lacking: Pattern


def missing(closure: Closure, fact: Coded) -> list[Missing]:
    """The rules that lack one premise to conclude `fact`, those first that have most and leave least open."""
    relation, member = closure.facts.place(fact)
    ways: dict[tuple[str, tuple[Coded, ...], Pattern], Missing] = {}
    for _, rule in closure.active():
        if rule.head.relation != relation:
            continue
        for position in range(len(rule.body)):
            for each in _without(closure, rule, position, member):
                ways.setdefault((rule.name, each.found, each.lacking), each)
    return sorted(ways.values(), key=lambda way: (way.lacking.count(None), -len(way.found)))


def _without(closure: Closure, rule: Rule, position: int, member: int) -> list[Missing]:
    chosen = plan(rule, HEAD, position)
    lenient = rule if not rule.things and rule.apart is None else _unchecked(rule)
    ways = []
    for row in bindings(lenient, chosen, (member,), closure.facts):
        values = dict(zip(chosen.variables, row, strict=True))
        found = tuple(
            closure.facts.triple(atom.relation, _member(atom, values))
            for place, atom in enumerate(rule.body)
            if place != position
        )
        ways.append(Missing(rule, found, _pattern(closure, rule.body[position], values)))
    return ways


def _unchecked(rule: Rule) -> Rule:
    """The rule without conditions on variables, some of which have no value yet."""
    from dataclasses import replace

    return replace(rule, apart=None, things=())


def _member(atom: Atom, values: dict[int, int]) -> int:
    width = max((term for term in atom.terms if term >= 0), default=-1) + 1
    return atom.member(tuple(values.get(variable, 0) for variable in range(width)))


def _pattern(closure: Closure, atom: Atom, values: dict[int, int]) -> Pattern:
    ends = [values.get(term) if term >= 0 else ~term for term in atom.terms]
    if atom.relation < 0:
        return ends[0], closure.facts.type_code, ~atom.relation
    return ends[0], atom.relation, ends[1]
