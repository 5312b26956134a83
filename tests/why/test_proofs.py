"""Every inferred triple of the real graph has a proof, and each of its steps is one that its rule allows."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, Triple

from unpact.corpus import bundled
from unpact.graph.derivations import Derivation, Derivations
from unpact.names import ID, INFERRED_GRAPH, ORG, OWL, PROV, RDF, RDFS, UNP
from unpact.reason import compile as compiler
from unpact.reason import restrictions
from unpact.why.proof import Prover
from unpact.why.readings import names, reading
from unpact.why.run import Explainer

if TYPE_CHECKING:
    from collections.abc import Callable

    from unpact.why.proof import Proof

TYPE = NamedNode(RDF + "type")


@cache
def explainer() -> Explainer:
    return Explainer(bundled())


def thing(name: str) -> NamedNode:
    return NamedNode(ID + name)


def word(name: str) -> NamedNode:
    return NamedNode(UNP + name)


def is_type(triple: Triple, *, subject: object, kind: object) -> bool:
    return (triple.subject, triple.predicate, triple.object) == (subject, TYPE, kind)


def _class_above(triple: Triple, step: Derivation) -> bool:
    (fact,), (axiom,) = step.premises, step.axioms
    return (
        axiom.predicate.value == RDFS + "subClassOf"
        and is_type(fact, subject=triple.subject, kind=axiom.subject)
        and is_type(triple, subject=fact.subject, kind=axiom.object)
    )


def _property_above(triple: Triple, step: Derivation) -> bool:
    (fact,), (axiom,) = step.premises, step.axioms
    return (
        axiom.predicate.value == RDFS + "subPropertyOf"
        and (fact.predicate, triple.predicate) == (axiom.subject, axiom.object)
        and (fact.subject, fact.object) == (triple.subject, triple.object)
    )


def _inverse(triple: Triple, step: Derivation) -> bool:
    (fact,), (axiom,) = step.premises, step.axioms
    return (
        axiom.predicate.value == OWL + "inverseOf"
        and {fact.predicate, triple.predicate} == {axiom.subject, axiom.object}
        and (fact.subject, fact.object) == (triple.object, triple.subject)
    )


def _domain(triple: Triple, step: Derivation) -> bool:
    (fact,), (axiom,) = step.premises, step.axioms
    return (
        axiom.predicate.value == RDFS + "domain"
        and fact.predicate == axiom.subject
        and is_type(triple, subject=fact.subject, kind=axiom.object)
    )


def _range(triple: Triple, step: Derivation) -> bool:
    (fact,), (axiom,) = step.premises, step.axioms
    return (
        axiom.predicate.value == RDFS + "range"
        and fact.predicate == axiom.subject
        and is_type(triple, subject=fact.object, kind=axiom.object)
    )


def _transitive(triple: Triple, step: Derivation) -> bool:
    (first, second), (axiom,) = step.premises, step.axioms
    return (
        is_type(axiom, subject=triple.predicate, kind=NamedNode(OWL + "TransitiveProperty"))
        and {each.predicate for each in (first, second)} == {triple.predicate}
        and (first.subject, first.object, second.object) == (triple.subject, second.subject, triple.object)
    )


# each rule read once more, without the engine; those that no data of ours needs are held against owlrl
ALLOWED: dict[str, Callable[[Triple, Derivation], bool]] = {
    "cax-sco": _class_above,
    "prp-spo1": _property_above,
    "prp-inv1": _inverse,
    "prp-inv2": _inverse,
    "prp-dom": _domain,
    "prp-rng": _range,
    "prp-trp": _transitive,
}


@pytest.mark.slow
def test_every_step_of_the_ontology_is_allowed_and_stands_on_what_was_there_before() -> None:
    found = explainer()
    there = {quad.triple for quad in found.graph.store if quad.graph_name != NamedNode(INFERRED_GRAPH)}
    rules = {file.relative for file in bundled().rule_files()}
    steps = constructed = 0
    for triple in found.derivations:
        step = found.derivations.find(triple)
        assert step is not None
        if step.rule not in rules:
            assert ALLOWED[step.rule](triple, step), (triple, step)
            assert there.issuperset(step.premises)
            assert there.issuperset(step.axioms)
            steps += 1
        else:
            assert there.issuperset(step.premises), (triple, step)
            assert step.premises, triple
            constructed += 1
        there.add(triple)
    assert steps > 4000
    assert constructed > 6000


@pytest.mark.slow
def test_every_step_of_a_rule_of_the_corpus_is_one_that_the_rule_makes() -> None:
    found = explainer()
    for file in bundled().rule_files():
        made = set(found.graph.construct(file.read().decode("utf-8")))
        drawn = {
            triple
            for triple in found.derivations
            if (step := found.derivations.find(triple)) is not None and step.rule == file.relative
        }
        assert drawn
        assert drawn <= made


@pytest.mark.slow
def test_every_inferred_triple_of_the_view_has_a_step() -> None:
    found = explainer()
    inferred = found.graph.store.quads_for_pattern(None, None, None, NamedNode(INFERRED_GRAPH))
    assert {quad.triple for quad in inferred} <= set(found.derivations)


@pytest.mark.slow
def test_what_was_derived_stands_in_no_file() -> None:
    view = explainer()
    for quad in view.graph.store:
        is_written = isinstance(quad.graph_name, NamedNode) and quad.graph_name.value != INFERRED_GRAPH
        assert view.derivations.has(quad.triple) is not is_written


@pytest.mark.slow
def test_every_inferred_triple_of_the_view_has_a_proof_down_to_what_is_written() -> None:
    found = explainer()
    whole = 0
    for triple in found.derivations:
        proof = found.why(triple)
        assert proof is not None
        for leaf in proof.leaves():
            assert leaf.rule is None, (triple, leaf)
            assert not leaf.cut, (triple, leaf)
            assert leaf.place is not None, (triple, leaf)
            assert leaf.place.line is not None, (triple, leaf)
        whole += 1
    assert whole == len(found.derivations)


def leaves(proof: Proof | None) -> set[str]:
    assert proof is not None
    return {f"{leaf.place}".split(":")[0] for leaf in proof.leaves()}


@pytest.mark.slow
def test_a_class_above_is_proved_by_the_class_and_the_axiom() -> None:
    triple = Triple(thing("pakistan"), TYPE, NamedNode(PROV + "Agent"))
    proof = explainer().why(triple)
    assert proof is not None
    assert proof.rule == "cax-sco"
    assert proof.reading == reading("cax-sco")
    data, ontology = sorted(leaves(proof))
    assert data.startswith("data/article/")
    assert ontology == "ontology/unpact.ttl"
    assert proof.all_sentences()


def test_a_rule_of_the_corpus_is_proved_by_what_it_matched() -> None:
    standing = next(
        triple
        for triple in explainer().derivations
        if triple.predicate.value == UNP + "restsOn"
        and triple.object == thing("pakistan-ratification-uncac")
        and "-party-" in str(triple.subject)
    )
    proof = explainer().why(standing)
    assert proof is not None
    assert proof.rule == "ontology/rules/04_legal_standing.rq"
    assert proof.reading == "The steps in the standing of a state under a treaty"
    assert {"data/record/acts/uncac.ttl", "data/record/entry-into-force.ttl"} <= leaves(proof)


def test_what_is_written_is_its_own_proof() -> None:
    quad = next(explainer().graph.store.quads_for_pattern(thing("cnd"), word("memberQuantity"), None))
    proof = explainer().why(quad.triple)
    assert proof is not None
    assert (proof.rule, proof.premises) == (None, ())
    assert str(proof.place).startswith("data/article/bodies.ttl:")
    assert [each.value.rpartition("/")[2] for each in proof.sentences] == ["4.1.2"]


@pytest.mark.slow
def test_what_does_not_hold_has_no_proof_and_the_nearest_reason_first() -> None:
    triple = Triple(thing("pakistan"), word("partOf"), thing("unodc"))
    assert explainer().why(triple) is None
    first, *_ = explainer().why_not(triple)
    assert first.rule == "prp-trp"
    known, *_ = first.found
    assert first.lacking == (thing("pakistan"), word("partOf"), known.subject)
    assert known.object == thing("unodc")


def test_what_no_rule_could_conclude_lacks_nothing() -> None:
    assert explainer().why_not(Triple(thing("pakistan"), word("noSuchProperty"), thing("unodc"))) == []


def test_a_circle_is_cut() -> None:
    found = explainer()
    triple = next(iter(found.derivations))

    class Round(Derivations):
        def find(self, triple: Triple) -> Derivation | None:
            return Derivation("ontology/rules/01_date_bounds.rq", (triple,), ())

    prover = Prover(found.graph, Round((), (), ()), found.prover._stated, {})
    proof = prover.prove(triple)
    assert proof is not None
    (premise,) = proof.premises
    assert premise.cut
    assert premise.triple == triple


def test_every_rule_that_is_compiled_has_a_reading() -> None:
    written = "".join(
        Path(str(module.__file__)).read_text(encoding="utf-8") for module in (compiler, restrictions)
    )
    compiled = set(re.findall(r'"((?:cax|cls|eq|prp|scm)-[a-z0-9]+)"', written))
    assert len(compiled) > 30
    assert compiled | {"eq-rep-s", "eq-rep-p", "eq-rep-o"} <= names()
    assert all(reading(name) for name in names())


@pytest.mark.slow
def test_steps_are_the_same_in_every_run_and_are_read_as_they_were_written() -> None:
    fresh = Explainer(bundled(), cache=False).derivations
    written = fresh.dumped()
    assert written == explainer().derivations.dumped()
    again = Derivations.read(written)
    assert list(again) == list(fresh)
    assert all(again.find(triple) == fresh.find(triple) for triple in list(fresh)[::50])
    assert again.find(Triple(thing("pakistan"), word("never"), thing("pakistan"))) is None
    assert sum(again.counts().values()) == len(again)


def test_org_terms_are_inferred_too() -> None:
    proof = explainer().why(Triple(thing("unodc"), TYPE, NamedNode(ORG + "Organization")))
    assert proof is not None
