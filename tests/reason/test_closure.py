"""The closure as a library: what it remembers, what it lacks, and what it gives with and without memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from pyoxigraph import Literal, NamedNode, Triple

from unpact.names import RDF, XSD
from unpact.reason.closure import Closure
from unpact.reason.codes import LITERAL, Codes
from unpact.reason.missing import missing
from unpact.reason.recorded import STATED, number_of, premises
from unpact.reason.ways import ways_to

from .worlds import DECLARED, World, listed, named, owl, parts, rdfs

if TYPE_CHECKING:
    from unpact.reason.codes import Coded

TYPE = NamedNode(RDF + "type")
A, B, C = named("A"), named("B"), named("C")
a, b, c = named("a"), named("b"), named("c")
p, q = named("p"), named("q")


def drawn(*triples: Triple, record: bool = True) -> Closure:
    closure = Closure(record=record)
    closure.add(coded(closure, *triples))
    return closure


def coded(closure: Closure, *triples: Triple) -> list[Coded]:
    return list(closure.codes.encode((each.subject, each.predicate, each.object) for each in triples))


def step(closure: Closure, triple: Triple) -> tuple[str, list[Triple]]:
    """The rule of a conclusion, with the facts and axioms that it was drawn from."""
    (fact,) = coded(closure, triple)
    entry = closure.entries()[fact]
    _, member = closure.facts.place(fact)
    facts, axioms = premises(closure.facts, closure.rules, member, entry)
    terms = [Triple(*closure.codes.decode(each)) for each in (*facts, *axioms)]  # type: ignore[arg-type]
    return closure.rules[number_of(entry)].name, terms


def test_the_first_and_shortest_step_is_remembered() -> None:
    far = [Triple(A, rdfs("subClassOf"), B), Triple(B, rdfs("subClassOf"), C)]
    near = Triple(p, rdfs("domain"), C)
    fact, link = Triple(a, TYPE, A), Triple(a, p, b)
    assert step(drawn(*far, near, fact, link), Triple(a, TYPE, C)) == ("prp-dom", [link, near])
    assert step(drawn(*far, fact), Triple(a, TYPE, C)) == ("cax-sco", [Triple(a, TYPE, B), far[1]])


def test_a_step_through_a_list_and_a_restriction_names_what_it_needs() -> None:
    head, rest = listed([B, C])
    whole = Triple(A, owl("intersectionOf"), head)
    both = [Triple(a, TYPE, B), Triple(a, TYPE, C)]
    assert step(drawn(*rest, whole, *both), Triple(a, TYPE, A)) == ("cls-int1", [*both, whole])
    some = [Triple(A, owl("onProperty"), p), Triple(A, owl("someValuesFrom"), B)]
    facts = [Triple(a, p, b), Triple(b, TYPE, B)]
    name, found = step(drawn(*some, *facts), Triple(a, TYPE, A))
    assert (name, found[:2], set(found[2:])) == ("cls-svf1", facts, set(some))


def test_one_restriction_is_below_another_by_any_number_of_steps() -> None:
    def some(kind: NamedNode, filler: NamedNode) -> list[Triple]:
        return [Triple(kind, owl("onProperty"), p), Triple(kind, owl("someValuesFrom"), filler)]

    kinds = [named(f"some{number}") for number in range(4)]
    # a restriction whose filler is a restriction, and so on, above a chain of classes
    axioms = [*some(kinds[0], A), *some(kinds[1], B), *some(kinds[2], kinds[0]), *some(kinds[3], kinds[1])]
    closure = drawn(*axioms, Triple(A, rdfs("subClassOf"), B), Triple(a, TYPE, kinds[2]))
    assert closure.holds((a, TYPE, kinds[3]))
    assert not closure.holds((a, TYPE, kinds[1]))


def test_equality_names_the_fact_and_the_equality() -> None:
    same, fact = Triple(a, owl("sameAs"), b), Triple(a, p, c)
    closure = drawn(same, fact)
    (copy,) = coded(closure, Triple(b, p, c))
    _, member = closure.facts.place(copy)
    facts, axioms = premises(closure.facts, closure.rules, member, closure.entries()[copy])
    assert [Triple(*closure.codes.decode(each)) for each in facts] == [fact, same]  # type: ignore[arg-type]
    assert axioms == ()


def test_what_is_handed_in_is_known_by_its_number() -> None:
    closure = drawn(Triple(A, rdfs("subClassOf"), B))
    closure.conclude(STATED - 3, coded(closure, Triple(a, TYPE, A)))
    (fact,) = coded(closure, Triple(a, TYPE, A))
    assert closure.entries()[fact] == STATED - 3
    assert step(closure, Triple(a, TYPE, B))[0] == "cax-sco"


@pytest.mark.slow
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(parts())
def test_what_follows_does_not_depend_on_what_is_remembered(worlds: list[World]) -> None:
    triples = (*DECLARED, *(triple for world in worlds for triple in world))
    with_memory, without = drawn(*triples), drawn(*triples, record=False)
    assert set(with_memory.facts.triples()) == set(without.facts.triples())
    assert without.entries() == {}


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(parts())
def test_facts_that_come_one_by_one_give_the_same(worlds: list[World]) -> None:
    whole, slowly = drawn(*DECLARED), drawn(*DECLARED)
    whole.add(coded(whole, *(triple for world in worlds for triple in world)))
    for world in worlds:
        slowly.add(coded(slowly, *world))
    decode = whole.codes.decode
    assert {decode(fact) for fact in whole.facts.triples()} == {
        slowly.codes.decode(fact) for fact in slowly.facts.triples()
    }


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(parts(equality=False))
def test_the_remembered_step_is_one_of_all(worlds: list[World]) -> None:
    triples = (*DECLARED, *(triple for world in worlds for triple in world))
    closure = drawn(*triples)
    for fact, entry in closure.entries().items():
        number = number_of(entry)
        _, member = closure.facts.place(fact)
        facts, axioms = premises(closure.facts, closure.rules, member, entry)
        found = {(way.rule.name, way.premises, way.rule.axioms) for way in ways_to(closure, fact)}
        assert (closure.rules[number].name, facts, axioms) in found


def test_a_malformed_list_says_nothing() -> None:
    head, rest = listed([B, C])
    loop = Triple(rest[0].subject, NamedNode(RDF + "rest"), head)
    closure = drawn(*rest, loop, Triple(A, owl("unionOf"), head), Triple(a, TYPE, B))
    assert not closure.holds((a, TYPE, A))


@pytest.mark.parametrize("record", [True, False])
def test_an_axiom_that_ends_what_another_said(*, record: bool) -> None:
    head, rest = listed([B, C])
    union, fact = Triple(A, owl("unionOf"), head), Triple(a, TYPE, B)
    functional, first, second = Triple(p, TYPE, owl("FunctionalProperty")), Triple(a, p, b), Triple(a, p, c)
    closure = drawn(*rest, union, fact, functional, first, second, record=record)
    assert closure.holds((a, TYPE, A))
    assert closure.holds((b, owl("sameAs"), c))
    ends = (
        Triple(rest[0].subject, NamedNode(RDF + "rest"), head),
        Triple(p, TYPE, owl("DatatypeProperty")),
    )
    closure.add(coded(closure, *ends))
    whole = drawn(*rest, union, fact, functional, first, second, *ends)
    assert {closure.codes.decode(each) for each in closure.facts.triples()} == {
        whole.codes.decode(each) for each in whole.facts.triples()
    }
    assert not closure.holds((a, TYPE, A))


def test_nothing_is_concluded_about_literals() -> None:
    seven = Literal("7", datatype=NamedNode(XSD + "integer"))
    axioms = [
        Triple(p, TYPE, owl("SymmetricProperty")),
        Triple(p, rdfs("range"), A),
        Triple(p, TYPE, owl("FunctionalProperty")),
        Triple(p, owl("inverseOf"), q),
    ]
    closure = drawn(*axioms, Triple(a, p, seven), Triple(a, p, Literal("8")))
    assert list(closure.entries()) == []
    assert all(subject < LITERAL for subject, _, _ in closure.facts.triples())


def test_codes_tell_literals_from_things() -> None:
    codes = Codes()
    assert codes.code(a) == codes.code(a) < LITERAL <= codes.code(Literal("x"))
    assert codes.term(codes.code(Literal("x"))) == Literal("x")
    assert codes.known(b) is None


@pytest.mark.parametrize(
    ("world", "asked", "rule", "lacking"),
    [
        ((Triple(A, rdfs("subClassOf"), B),), Triple(a, TYPE, B), "cax-sco", (a, TYPE, A)),
        ((Triple(p, rdfs("domain"), B),), Triple(a, TYPE, B), "prp-dom", (a, p, None)),
        (
            (Triple(p, TYPE, owl("TransitiveProperty")), Triple(b, p, c)),
            Triple(a, p, c),
            "prp-trp",
            (a, p, b),
        ),
    ],
)
def test_the_premise_that_is_missing(
    world: World, asked: Triple, rule: str, lacking: tuple[object, ...]
) -> None:
    closure = drawn(*world)
    (fact,) = coded(closure, asked)
    first, *_ = missing(closure, fact)
    assert first.rule.name == rule
    assert tuple(None if code is None else closure.codes.term(code) for code in first.lacking) == lacking


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(parts(equality=False))
def test_what_is_said_to_be_missing_would_do(worlds: list[World]) -> None:
    triples = (*DECLARED, *(triple for world in worlds for triple in world))
    closure = drawn(*triples)
    asked = Triple(named("a"), TYPE, named("A"))
    if closure.holds((asked.subject, TYPE, asked.object)):
        return
    (fact,) = coded(closure, asked)
    for way in missing(closure, fact):
        if None in way.lacking:
            continue
        subject, predicate, value = (closure.codes.term(code) for code in way.lacking if code is not None)
        if isinstance(subject, Literal):
            continue
        again = drawn(*triples, Triple(subject, predicate, value))  # type: ignore[arg-type]
        assert again.holds((asked.subject, TYPE, asked.object))
