"""The steps by which a triple can be concluded from what holds, whichever of them was first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unpact.reason.join import HEAD, bindings, plan

if TYPE_CHECKING:
    from unpact.reason.closure import Closure
    from unpact.reason.codes import Coded
    from unpact.reason.rule import Rule


@dataclass(frozen=True, slots=True)
class Way:
    """One step to a triple.

    Args:
        rule: by which it is concluded.
        premises: the facts that it is concluded from.
    """

    rule: Rule
    premises: tuple[Coded, ...]


def ways_to(closure: Closure, fact: Coded) -> list[Way]:
    """Every step of a rule of the ontology to `fact`, save those that have it for a premise."""
    relation, member = closure.facts.place(fact)
    found: dict[tuple[str, tuple[Coded, ...], tuple[Coded, ...]], Way] = {}
    for _, rule in closure.active():
        if rule.head.relation != relation:
            continue
        for row in bindings(rule, plan(rule, HEAD), (member,), closure.facts):
            body = (closure.facts.triple(atom.relation, atom.member(row)) for atom in rule.body)
            premises = tuple(dict.fromkeys(body))
            if fact not in premises:
                found.setdefault((rule.name, premises, rule.axioms), Way(rule, premises))
    return list(found.values())
