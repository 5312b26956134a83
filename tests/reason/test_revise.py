"""Facts that come and go: the closure is that of what is left, as if it had been drawn from that alone."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Triple

from unpact.corpus import bundled
from unpact.graph.closure import infer, revise_inference
from unpact.graph.view import asserted, view_files
from unpact.names import RDF, RDFS
from unpact.reason.closure import Closure
from unpact.reason.recorded import STATED, premises
from unpact.reason.revise import revise

from .worlds import DECLARED, World, named, owl, parts, rdfs

TYPE = NamedNode(RDF + "type")
Coded = tuple[int, int, int]


def coded(closure: Closure, triples: World) -> list[Coded]:
    return list(closure.codes.encode((each.subject, each.predicate, each.object) for each in triples))


def decoded(closure: Closure) -> set[tuple[object, ...]]:
    return {closure.codes.decode(fact) for fact in closure.facts.triples()}


def drawn(triples: World) -> Closure:
    closure = Closure()
    closure.add(coded(closure, triples))
    return closure


def holds_together(closure: Closure) -> None:
    """Every conclusion has a recorded step whose premises came before it, and nothing else is remembered."""
    inferred = {
        closure.facts.triple(relation, member)
        for relation, members in closure.inferred().items()
        for member in members
    }
    entries = closure.entries()
    assert inferred <= entries.keys()
    there = {
        closure.facts.triple(relation, member)
        for relation, members in closure.asserted.items()
        for member in members
    }
    for fact, entry in entries.items():
        assert closure.facts.holds(fact)
        _, member = closure.facts.place(fact)
        facts, axioms = premises(closure.facts, closure.rules, member, entry)
        assert set(facts) <= there
        assert all(closure.facts.holds(axiom) for axiom in axioms)
        there.add(fact)


def check(before: list[World], gone: list[World], come: list[World]) -> None:
    start: World = tuple(dict.fromkeys((*DECLARED, *(triple for part in before for triple in part))))
    removed: World = tuple(triple for part in gone for triple in part)
    added: World = tuple(triple for part in come for triple in part)
    closure = drawn(start)
    revise(closure, coded(closure, removed), coded(closure, added))
    left = tuple(dict.fromkeys((*(each for each in start if each not in removed), *added)))
    assert decoded(closure) == decoded(drawn(left))
    holds_together(closure)
    # and once more: what was revised can be revised
    revise(closure, coded(closure, added), coded(closure, removed))
    again = tuple(dict.fromkeys((*(each for each in left if each not in added), *removed)))
    assert decoded(closure) == decoded(drawn(again))
    holds_together(closure)


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(parts(equality=False), st.data())
def test_without_equality(worlds: list[World], data: st.DataObject) -> None:
    gone = data.draw(st.lists(st.sampled_from(worlds), unique_by=id, max_size=3))
    come = data.draw(parts(equality=False))
    check(worlds, gone, come)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(parts(), st.data())
def test_with_equality(worlds: list[World], data: st.DataObject) -> None:
    gone = data.draw(st.lists(st.sampled_from(worlds), unique_by=id, max_size=3))
    check(worlds, gone, data.draw(parts()))


@pytest.mark.slow
@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
@given(parts(), st.data())
def test_many(worlds: list[World], data: st.DataObject) -> None:
    gone = data.draw(st.lists(st.sampled_from(worlds), unique_by=id, max_size=4))
    check(worlds, gone, data.draw(parts()))


def test_what_follows_in_two_ways_stays_when_one_goes() -> None:
    a, kind, wide = named("a"), named("A"), named("C")
    ways = (
        Triple(a, TYPE, kind),
        Triple(a, TYPE, named("B")),
        Triple(kind, rdfs("subClassOf"), wide),
        Triple(named("B"), rdfs("subClassOf"), wide),
    )
    closure = drawn(ways)
    revise(closure, coded(closure, ways[:1]))
    assert (a, TYPE, wide) in decoded(closure)
    revise(closure, coded(closure, ways[1:2]))
    assert (a, TYPE, wide) not in decoded(closure)


def test_a_circle_does_not_hold_itself_up() -> None:
    a, b = named("a"), named("b")
    used, above = named("p"), named("q")
    world = (
        Triple(above, rdfs("subPropertyOf"), used),
        Triple(used, rdfs("subPropertyOf"), above),
        Triple(a, used, b),
    )
    closure = drawn(world)
    assert (a, above, b) in decoded(closure)
    revise(closure, coded(closure, world[2:]))
    assert decoded(closure) == decoded(drawn(world[:2]))


def test_an_axiom_that_goes_takes_its_conclusions_with_it() -> None:
    a, b = named("a"), named("b")
    world = (Triple(named("p"), TYPE, owl("SymmetricProperty")), Triple(a, named("p"), b))
    closure = drawn(world)
    assert (b, named("p"), a) in decoded(closure)
    revise(closure, coded(closure, world[:1]))
    assert decoded(closure) == decoded(drawn(world[1:]))


def test_what_was_handed_in_goes_with_what_followed_from_it() -> None:
    a, kind, wide = named("a"), named("A"), named("C")
    world = (Triple(kind, rdfs("subClassOf"), wide),)
    closure = drawn(world)
    assert closure.conclude(STATED, coded(closure, (Triple(a, TYPE, kind),)))
    assert not closure.conclude(STATED, coded(closure, (Triple(a, TYPE, kind),)))
    assert (a, TYPE, wide) in decoded(closure)
    revise(closure)
    assert decoded(closure) == decoded(drawn(world))


@pytest.mark.slow
def test_the_real_graph_after_a_change_is_that_of_a_full_run() -> None:
    corpus = bundled()
    files, rules = view_files(corpus), corpus.rule_files()
    graph, quads = asserted(files)
    chance = random.Random(20230818)  # noqa: S311 - a repeatable draw, no secret
    facts = [quad for quad in quads if "/graph/data/" in str(quad.graph_name)]
    axioms = [quad for quad in quads if quad.predicate.value == RDFS + "subClassOf"]
    gone = {*chance.sample(facts, 40), *chance.sample(axioms, 3)}
    inference = infer(graph, rules, [quad.triple for quad in quads if quad not in gone])
    for quad in gone:
        graph.store.remove(quad)
    revise_inference(graph, inference, rules, (), gone)
    whole, _ = asserted(files)
    infer(whole, rules, [quad.triple for quad in quads])
    assert set(graph.store) == set(whole.store)
    # and back again
    revise_inference(graph, inference, rules, gone, ())
    less, _ = asserted(files)
    for quad in gone:
        less.store.remove(quad)
    infer(less, rules)
    assert set(graph.store) == set(less.store)
