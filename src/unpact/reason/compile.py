"""From the axioms of an ontology to rules over facts, after the OWL 2 Profiles recommendation, section 4.3.

Rules about axioms themselves (tables 8 and 9 there) are compiled where something follows about things that
the other rules would miss: what holds of nested restrictions (see `unpact.reason.restrictions`). What would
only say that everything is a thing, or that something is the same as itself, is not compiled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.reason.facts import of_class
from unpact.reason.restrictions import between_restrictions
from unpact.reason.rule import Atom, Rule
from unpact.reason.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.reason.codes import Coded, Codes
    from unpact.reason.facts import Facts
    from unpact.reason.words import Words


def compile_rules(facts: Facts, codes: Codes, words: Words) -> tuple[Rule, ...]:
    """The rules that the axioms among `facts` amount to, each once, in an order that never changes."""
    schema = Schema(facts, codes, words)
    trivial = {of_class(words["Thing"]), words["topObjectProperty"], words["topDataProperty"]}
    found = (
        rule
        for part in (
            _hierarchies,
            _ends,
            _characteristics,
            _chains_and_keys,
            _sets,
            _restrictions,
            _cardinalities,
        )
        for rule in part(schema, words)
    )
    return tuple(
        dict.fromkeys(
            rule for rule in found if rule.head.relation not in trivial and rule.body != (rule.head,)
        )
    )


def _link(relation: int, start: int = 0, end: int = 1) -> Atom:
    return Atom(relation, (start, end))


def _member(code: int, variable: int = 0) -> Atom:
    return Atom(of_class(code), (variable,))


def _becomes(name: str, narrow: int, wide: int, *axioms: Coded) -> Rule:
    return Rule(name, (_member(narrow),), _member(wide), axioms)


def _hierarchies(schema: Schema, _: Words) -> Iterator[Rule]:
    for narrow, wide, axiom in schema.pairs("subClassOf"):
        yield _becomes("cax-sco", narrow, wide, axiom)
    for one, other, axiom in schema.pairs("equivalentClass"):
        yield _becomes("cax-eqc1", one, other, axiom)
        yield _becomes("cax-eqc2", other, one, axiom)
    for narrow, wide, axiom in schema.pairs("subPropertyOf"):
        yield Rule("prp-spo1", (_link(narrow),), _link(wide), (axiom,))
    for one, other, axiom in schema.pairs("equivalentProperty"):
        yield Rule("prp-eqp1", (_link(one),), _link(other), (axiom,))
        yield Rule("prp-eqp2", (_link(other),), _link(one), (axiom,))


def _ends(schema: Schema, _: Words) -> Iterator[Rule]:
    for used, kind, axiom in schema.pairs("domain"):
        yield Rule("prp-dom", (_link(used),), _member(kind), (axiom,))
    for used, kind, axiom in schema.pairs("range"):
        if not schema.is_datatype(kind):
            yield Rule("prp-rng", (_link(used),), _member(kind, 1), (axiom,), things=(1,))
    for one, other, axiom in schema.pairs("inverseOf"):
        yield Rule("prp-inv1", (_link(one),), _link(other, 1, 0), (axiom,), things=(1,))
        yield Rule("prp-inv2", (_link(other),), _link(one, 1, 0), (axiom,), things=(1,))


def _characteristics(schema: Schema, words: Words) -> Iterator[Rule]:
    same = words["sameAs"]
    for used, axiom in schema.instances("SymmetricProperty"):
        yield Rule("prp-symp", (_link(used),), _link(used, 1, 0), (axiom,), things=(1,))
    for used, axiom in schema.instances("TransitiveProperty"):
        yield Rule("prp-trp", (_link(used), _link(used, 1, 2)), _link(used, 0, 2), (axiom,))
    for used, axiom in schema.instances("FunctionalProperty"):
        if not schema.is_data_property(used):
            body = (_link(used), _link(used, 0, 2))
            yield Rule("prp-fp", body, _link(same, 1, 2), (axiom,), apart=(1, 2), things=(1, 2))
    for used, axiom in schema.instances("InverseFunctionalProperty"):
        body = (_link(used, 1, 0), _link(used, 2, 0))
        yield Rule("prp-ifp", body, _link(same, 1, 2), (axiom,), apart=(1, 2))
    yield Rule("eq-sym", (_link(same),), _link(same, 1, 0), (), things=(1,))
    yield Rule("eq-trans", (_link(same), _link(same, 1, 2)), _link(same, 0, 2), (), apart=(0, 2))


def _chains_and_keys(schema: Schema, words: Words) -> Iterator[Rule]:
    for used, steps, axiom in schema.lists("propertyChainAxiom"):
        body = tuple(_link(step, place, place + 1) for place, step in enumerate(steps))
        yield Rule("prp-spo2", body, _link(used, 0, len(steps)), (axiom,))
    for kind, parts, axiom in schema.lists("hasKey"):
        links = (
            atom
            for place, part in enumerate(parts, 2)
            for atom in (_link(part, 0, place), _link(part, 1, place))
        )
        body = (_member(kind), *links, _member(kind, 1))
        yield Rule("prp-key", body, _link(words["sameAs"]), (axiom,), apart=(0, 1))


def _sets(schema: Schema, _: Words) -> Iterator[Rule]:
    for whole, parts, axiom in schema.lists("intersectionOf"):
        yield Rule("cls-int1", tuple(map(_member, dict.fromkeys(parts))), _member(whole), (axiom,))
        for part in parts:
            yield _becomes("cls-int2", whole, part, axiom)
    for whole, parts, axiom in schema.lists("unionOf"):
        for part in parts:
            yield _becomes("cls-uni", part, whole, axiom)
    for whole, members, axiom in schema.lists("oneOf"):
        if not schema.is_datatype(whole):
            for each in members:
                yield Rule("cls-oo", (), Atom(of_class(whole), (~each,)), (axiom,))


def _restrictions(schema: Schema, words: Words) -> Iterator[Rule]:
    for kind, used, filler, axioms in schema.restrictions("someValuesFrom"):
        if filler == words["Thing"]:
            yield Rule("cls-svf2", (_link(used),), _member(kind), axioms)
        elif not schema.is_datatype(filler):
            yield Rule("cls-svf1", (_link(used), _member(filler, 1)), _member(kind), axioms, things=(1,))
    for kind, used, filler, axioms in schema.restrictions("allValuesFrom"):
        if not schema.is_datatype(filler):
            yield Rule("cls-avf", (_member(kind), _link(used)), _member(filler, 1), axioms, things=(1,))
    for kind, used, value, axioms in schema.restrictions("hasValue"):
        yield Rule("cls-hv1", (_member(kind),), _link(used, 0, ~value), axioms)
        yield Rule("cls-hv2", (_link(used, 0, ~value),), _member(kind), axioms)
    yield from between_restrictions(schema, words)


def _cardinalities(schema: Schema, words: Words) -> Iterator[Rule]:
    head, two = _link(words["sameAs"], 1, 2), (1, 2)
    for kind, used, most, axioms in schema.restrictions("maxCardinality"):
        if schema.is_one(most) and not schema.is_data_property(used):
            yield Rule("cls-maxc2", _two_values(kind, used), head, axioms, apart=two, things=two)
    for kind, used, most, axioms in schema.restrictions("maxQualifiedCardinality"):
        for filler in schema.values(kind, "onClass") if schema.is_one(most) else ():
            whole = (*axioms, (kind, words["onClass"], filler))
            body = _two_values(kind, used)
            if filler == words["Thing"]:
                yield Rule("cls-maxqc4", body, head, whole, apart=two, things=two)
            else:
                body = (*body, _member(filler, 1), _member(filler, 2))
                yield Rule("cls-maxqc3", body, head, whole, apart=two, things=two)


def _two_values(kind: int, used: int) -> tuple[Atom, ...]:
    """An instance of a class with two values of a property."""
    return _member(kind), _link(used), _link(used, 0, 2)
