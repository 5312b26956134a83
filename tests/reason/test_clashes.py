"""Where a graph contradicts itself: each rule by a world of its own, and owlrl's opinion of random worlds.

Intended differences from owlrl 7.6.2, each with its reason:
- it never looks at the last member of an `owl:AllDisjointProperties`, so the lists of the random worlds end
  with a member that nothing else names;
- it reads the list of an `owl:AllDifferent` after equality has put two members into one place of it, so the
  random worlds have none;
- it does not compare literals (dt-diff), nor hold them against the datatypes of ranges and restrictions
  (dt-not-type), so the random worlds have no axioms about the values of data properties;
- it finds nothing in a list that names one thing twice; here a thing is the same as itself;
- it takes a denied literal for another than one of the same value, so the random worlds write each value in
  one way.
"""

from __future__ import annotations

import owlrl
import pyoxigraph
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from unpact.names import OWL, RDF, RDFS, XSD
from unpact.reason.clashes import clashes
from unpact.reason.closure import Closure
from unpact.reason.leaves import Leaves
from unpact.why.readings import reading

from ..examples import examples  # noqa: TID252 - test folders are no packages
from .worlds import AXIOMS, DECLARED, FACTS, LIMITS, SAME, World, parts

HEAD = (
    f"@prefix owl: <{OWL}> . @prefix rdf: <{RDF}> . @prefix rdfs: <{RDFS}> . @prefix xsd: <{XSD}> .\n"
    "@prefix : <http://example.org/> .\n"
)
ERROR = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")
RESTRICTION = "[ a owl:Restriction ; owl:onProperty :p ;"
DENIED = "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual :a ; owl:assertionProperty :p ;"

# what the ontology says; facts that contradict it, and among them the premises; and facts that do not
WORLDS = {
    "cax-dw": (":A owl:disjointWith :B .", ":x a :A , :B .", ":x a :A . :y a :B ."),
    "cax-dw itself": (":A owl:disjointWith :A .", ":x a :A .", ":x a :B ."),
    "cax-adc": (
        "[] a owl:AllDisjointClasses ; owl:members ( :A :B :C ) .",
        ":x a :B , :C .",
        ":x a :A . :y a :B . :z a :C , :D .",
    ),
    "cls-com": (":A owl:complementOf :B .", ":x a :A , :B .", ":x a :A . :y a :B ."),
    "cls-nothing2": ("", ":x a owl:Nothing .", ":x a owl:Thing ."),
    "prp-irp": (":p a owl:IrreflexiveProperty .", ":x :p :x .", ":x :p :y . :y :p :x . :x :q :x ."),
    "prp-asyp": (":p a owl:AsymmetricProperty .", ":x :p :y . :y :p :x .", ":x :p :y . :y :p :z ."),
    "prp-asyp itself": (":p a owl:AsymmetricProperty .", ":x :p :x .", ":x :p :y ."),
    "prp-pdw": (":p owl:propertyDisjointWith :q .", ":x :p :y ; :q :y .", ":x :p :y ; :q :z ."),
    "prp-adp": (
        "[] a owl:AllDisjointProperties ; owl:members ( :p :q :r ) .",
        ":x :q 1 ; :r 1 .",
        ":x :p 1 ; :q 2 ; :r 3 .",
    ),
    "prp-npa1": (f"{DENIED} owl:targetIndividual :b .", ":a :p :b .", ":a :p :c ; :q :b . :c :p :b ."),
    "prp-npa2": (f'{DENIED} owl:targetValue "b" .', ':a :p "b" .', ':a :p "c" , "b"@en .'),
    "prp-npa2 by value": (f"{DENIED} owl:targetValue 1 .", ':a :p "01"^^xsd:integer .', ":a :p 2 , 1e0 ."),
    "eq-diff1": (
        "",
        ":x owl:differentFrom :y ; owl:sameAs :y .",
        ":x owl:differentFrom :y ; owl:sameAs :z .",
    ),
    "eq-diff1 itself": ("", ":x owl:differentFrom :x .", ":x owl:differentFrom :y ."),
    "eq-diff2": (
        "[] a owl:AllDifferent ; owl:members ( :x :y :z ) .",
        ":y owl:sameAs :z .",
        ":x owl:sameAs :w .",
    ),
    "eq-diff3": (
        "[] a owl:AllDifferent ; owl:distinctMembers ( :x :y :z ) .",
        ":y owl:sameAs :z .",
        ":x owl:sameAs :w .",
    ),
    "cls-maxc1": (
        f":A rdfs:subClassOf {RESTRICTION} owl:maxCardinality 0 ] .",
        ":x a :A ; :p 1 .",
        ":x :p 1 .",
    ),
    "cls-maxqc1": (
        f":A rdfs:subClassOf {RESTRICTION} owl:maxQualifiedCardinality 0 ; owl:onClass :B ] .",
        ":x a :A ; :p :y . :y a :B .",
        ":x a :A ; :p :y . :y a :C .",
    ),
    "cls-maxqc2": (
        f":A rdfs:subClassOf {RESTRICTION} owl:maxQualifiedCardinality 0 ; owl:onClass owl:Thing ] .",
        ":x a :A ; :p :y .",
        ":x a :A ; :q :y .",
    ),
    "dt-diff": (
        ":p a owl:FunctionalProperty .",
        ":x :p 1 , 2 .",
        ':x :p 1 , "01"^^xsd:integer , 1.0 , "1"^^xsd:int . :y :p 2 .',
    ),
    "dt-diff by class": (
        f":A rdfs:subClassOf {RESTRICTION} owl:maxCardinality 1 ] .",
        ':x a :A ; :p "a" , "b" .',
        ':x a :A ; :p "a" . :y :p "a" , "b" .',
    ),
    "dt-not-type": (
        ":p rdfs:range xsd:integer .",
        ":x :p 1.5 .",
        ':x :p 1 , 2.0 , "3"^^xsd:byte , "x"^^:unknown , "no number"^^xsd:integer .',
    ),
    "dt-not-type by class": (
        f":A rdfs:subClassOf {RESTRICTION} owl:allValuesFrom xsd:string ] .",
        ':x a :A ; :p "a"@en .',
        ':x a :A ; :p "a" , "b"^^xsd:token . :y :p 1 .',
    ),
    "dt-not-type not of a range that is made of others": (
        ":p rdfs:range [ a rdfs:Datatype ; owl:oneOf ( 1 2 ) ] . :q rdfs:range xsd:integer .",
        ":x :q true .",
        ":x :p 3 .",
    ),
}


def closed(triples: World) -> Closure:
    closure = Closure()
    closure.add(closure.codes.encode((each.subject, each.predicate, each.object) for each in triples))
    return closure


def read(text: str) -> World:
    return tuple(quad.triple for quad in parse(input=HEAD + text, format=RdfFormat.TURTLE))


@pytest.mark.parametrize("case", WORLDS)
def test_each_rule(case: str) -> None:
    axioms, wrong, right = WORLDS[case]
    said, facts = read(axioms), read(wrong)
    closure = closed((*said, *facts))
    found = clashes(closure)
    assert {clash.rule for clash in found} == {case.split(maxsplit=1)[0]}
    assert all(closure.facts.holds(fact) for clash in found for fact in (*clash.premises, *clash.axioms))
    # one of them rests on all that was written, and on nothing else but the ontology
    leaves = Leaves(closure)
    rests = [{*leaves.of((*clash.premises, *clash.axioms))} for clash in found]
    assert any({*closure.codes.encode(map(tuple, facts))} <= each for each in rests)
    assert all(each <= {*closure.codes.encode(map(tuple, (*said, *facts)))} for each in rests)
    assert clashes(closed((*said, *read(right)))) == []


@pytest.mark.parametrize("rule", sorted({case.split(maxsplit=1)[0] for case in WORLDS}))
def test_each_rule_has_plain_words(rule: str) -> None:
    assert reading(rule)


@pytest.mark.parametrize(
    ("facts", "premises"),
    [
        # by a property that has one value, by one that belongs to one thing, by a key
        (":p a owl:FunctionalProperty . :x :p :a , :b . :a owl:differentFrom :b .", {"eq-diff1"}),
        (":p a owl:InverseFunctionalProperty . :a :p 1 . :b :p 1 . :a owl:differentFrom :b .", {"eq-diff1"}),
        (":A owl:hasKey ( :p ) . :a a :A ; :p 1 . :b a :A ; :p 1 ; owl:differentFrom :a .", {"eq-diff1"}),
        # by what is inferred
        (":A rdfs:subClassOf owl:Nothing . :p rdfs:range :A . :x :p :y .", {"cls-nothing2"}),
        (":q rdfs:subPropertyOf :p . :p rdfs:range xsd:string . :x :q 1 .", {"dt-not-type"}),
    ],
)
def test_what_is_inferred_contradicts_as_well(facts: str, premises: set[str]) -> None:
    assert {clash.rule for clash in clashes(closed(read(facts)))} == premises


def test_a_list_of_different_things_names_one_twice() -> None:
    closure = closed(read("[] a owl:AllDifferent ; owl:members ( :x :y :x ) ."))
    (clash,) = clashes(closure)
    assert clash.rule == "eq-diff2"
    assert [str(closure.codes.decode(each)[2]) for each in clash.premises] == ["<http://example.org/x>"] * 2


def test_the_order_is_that_of_what_is_asserted() -> None:
    text = ":A owl:disjointWith :B . :C owl:complementOf :A . :b a :A , :B , :C . :a a :A , :B ."
    found = [clashes(closed(read(text))) for _ in range(2)]
    assert found[0] == found[1]
    assert [clash.rule for clash in found[0]] == ["cax-dw", "cax-dw", "cls-com"]


def owlrl_objects(triples: World) -> list[str]:
    graph = rdflib.Graph()
    graph.parse(data=pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(
        graph
    )
    errors = graph.subjects(rdflib.RDF.type, ERROR)
    return [str(text) for each in errors for text in graph.objects(each)]


# the others are held to no opinion but that of `WORLDS`
COMPARED = {name: each for name, each in LIMITS.items() if not name.startswith(("AllDifferent", "data "))}


def agree(worlds: list[World]) -> None:
    triples = (*DECLARED, *dict.fromkeys(triple for world in worlds for triple in world))
    found, theirs = clashes(closed(triples)), owlrl_objects(triples)
    assert bool(found) == bool(theirs), (found, theirs)


@pytest.mark.slow
@settings(max_examples=examples(50), deadline=None, suppress_health_check=list(HealthCheck))
@given(parts(), st.lists(st.one_of(list(COMPARED.values())), min_size=1, max_size=4))
def test_random_ontologies(worlds: list[World], limits: list[World]) -> None:
    agree([*limits, *worlds])


@pytest.mark.slow
@pytest.mark.parametrize("construct", COMPARED)
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_each_construct(construct: str, data: st.DataObject) -> None:
    limits = data.draw(st.lists(COMPARED[construct], min_size=1, max_size=2))
    axioms = data.draw(st.lists(st.one_of(list(AXIOMS.values())), max_size=2))
    facts = data.draw(st.lists(st.one_of([*FACTS.values(), SAME]), min_size=3, max_size=10))
    agree([*limits, *axioms, *facts])
