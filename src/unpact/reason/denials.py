"""The rules of OWL 2 RL whose body must never hold, compiled from axioms as the other rules are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.reason.codes import OBJECT, SHIFT
from unpact.reason.facts import of_class
from unpact.reason.join import bindings, plan
from unpact.reason.rule import Atom, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.reason.codes import Coded
    from unpact.reason.facts import Facts
    from unpact.reason.rule import Binding
    from unpact.reason.schema import Schema
    from unpact.reason.words import Words


def denials(schema: Schema, words: Words) -> Iterator[Rule]:
    """The rules; their head, that `owl:Nothing` is in itself, stands for `false`."""
    nothing = words["Nothing"]
    head = Atom(of_class(nothing), (~nothing,))

    def never(name: str, *body: Atom, by: tuple[Coded, ...] = ()) -> Rule:
        return Rule(name, body, head, by)

    yield never("cls-nothing2", Atom(of_class(nothing), (0,)))
    same, different = words["sameAs"], words["differentFrom"]
    yield never("eq-diff1", Atom(different, (0, 1)), Atom(same, (0, 1)))
    # everything is the same as itself, which no fact says
    yield never("eq-diff1", Atom(different, (0, 0)))
    for used, axiom in schema.instances("IrreflexiveProperty"):
        yield never("prp-irp", Atom(used, (0, 0)), by=(axiom,))
    for used, axiom in schema.instances("AsymmetricProperty"):
        yield never("prp-asyp", Atom(used, (0, 1)), Atom(used, (1, 0)), by=(axiom,))
    for kind, used, most, axioms in schema.restrictions("maxCardinality"):
        if schema.is_zero(most):
            yield never("cls-maxc1", Atom(of_class(kind), (0,)), Atom(used, (0, 1)), by=axioms)
    for kind, used, most, axioms in schema.restrictions("maxQualifiedCardinality"):
        for filler in schema.values(kind, "onClass") if schema.is_zero(most) else ():
            body = (Atom(of_class(kind), (0,)), Atom(used, (0, 1)))
            whole = (*axioms, (kind, words["onClass"], filler))
            if filler == words["Thing"]:
                yield never("cls-maxqc2", *body, by=whole)
            else:
                yield never("cls-maxqc1", *body, Atom(of_class(filler), (1,)), by=whole)


def satisfied(rule: Rule, facts: Facts) -> list[Binding]:
    """The values of the variables for which all of the body holds."""
    if not all(facts.of(atom.relation) for atom in rule.body):
        return []
    position = min(range(len(rule.body)), key=lambda place: len(facts.of(rule.body[place].relation)))
    members = facts.of(rule.body[position].relation)
    if rule.name == "prp-asyp":
        # most pairs do not stand beside their reverse, and a set tells that sooner than a join
        members = {each for each in members if (each & OBJECT) << SHIFT | each >> SHIFT in members}
    return bindings(rule, plan(rule, position), members, facts) if members else []
