"""What we infer is what owlrl infers, in the words of the domain.

Intended differences, each with its reason:
- that a thing is the same as itself, or is a thing, is not inferred: it is no news;
- nothing is inferred about literals: no triple has one for a subject;
- a key of one property: owlrl 7.6.2 takes any two instances of the class for the same, whatever their values
  (`test_a_key_of_one_property` has the right answer, worked out by hand).
"""

from __future__ import annotations

import owlrl
import pyoxigraph
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Triple

from unpact.names import RDF
from unpact.reason.closure import Closure

from ..examples import examples  # noqa: TID252 - test folders are no packages
from .worlds import (
    AXIOMS,
    CLASSES,
    DATA_PROPERTIES,
    DECLARED,
    FACTS,
    PROPERTIES,
    THINGS,
    World,
    listed,
    named,
    owl,
    parts,
)

SUBJECTS = {each.value for each in THINGS}
RELATIONS = {each.value for each in (*PROPERTIES, *DATA_PROPERTIES, owl("sameAs"))}
KINDS = {each.value for each in CLASSES}


def ours(triples: World) -> set[str]:
    closure = Closure()
    closure.add(closure.codes.encode((each.subject, each.predicate, each.object) for each in triples))
    return {
        text
        for fact in closure.facts.triples()
        if (text := worth(*(str(term) for term in closure.codes.decode(fact))))
    }


def owlrls(triples: World) -> set[str]:
    graph = rdflib.Graph()
    graph.parse(data=pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(
        graph
    )
    return {
        text
        for subject, predicate, value in graph
        if (text := worth(subject.n3(), predicate.n3(), value.n3()))
    }


def worth(subject: str, predicate: str, value: str) -> str:
    """A triple in the words of the domain as text; empty for another."""
    same = predicate[1:-1] == owl("sameAs").value
    # a thing may well be linked to itself, but not by equality
    if subject[1:-1] not in SUBJECTS or (same and subject == value):
        return ""
    kept = value[1:-1] in KINDS if predicate == f"<{RDF}type>" else predicate[1:-1] in RELATIONS
    # the two write the type of a plain string differently
    return (
        f"{subject} {predicate} {value.replace('^^<http://www.w3.org/2001/XMLSchema#string>', '')}"
        if kept
        else ""
    )


def flat(worlds: list[World]) -> World:
    return tuple(dict.fromkeys(triple for world in worlds for triple in world))


@pytest.mark.slow
@settings(max_examples=examples(50), deadline=None, suppress_health_check=list(HealthCheck))
@given(parts())
def test_random_ontologies(worlds: list[World]) -> None:
    triples = (*DECLARED, *flat(worlds))
    assert ours(triples) == owlrls(triples)


@pytest.mark.slow
@pytest.mark.parametrize("construct", AXIOMS)
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_each_construct(construct: str, data: st.DataObject) -> None:
    axioms = data.draw(st.lists(AXIOMS[construct], min_size=1, max_size=3))
    facts = data.draw(st.lists(st.one_of(list(FACTS.values())), min_size=2, max_size=10))
    triples = (*DECLARED, *flat([*axioms, *facts]))
    assert ours(triples) == owlrls(triples)


def test_a_key_of_one_property() -> None:
    head, key = listed([named("name")])
    kind = named("A")
    given_facts = (
        *key,
        Triple(kind, owl("hasKey"), head),
        *(Triple(each, pyoxigraph.NamedNode(RDF + "type"), kind) for each in THINGS[:4]),
        Triple(THINGS[0], named("name"), pyoxigraph.Literal("x")),
        Triple(THINGS[1], named("name"), pyoxigraph.Literal("x")),
        Triple(THINGS[2], named("name"), pyoxigraph.Literal("y")),
    )
    same = {text for text in ours((*DECLARED, *given_facts)) if "sameAs" in text}
    a, b, word = str(THINGS[0]), str(THINGS[1]), str(owl("sameAs"))
    assert same == {f"{a} {word} {b}", f"{b} {word} {a}"}
