"""A validation after a change has the results of a full one, and asks only of what the change can affect."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse

from unpact.shacl.again import Known
from unpact.shacl.engine import in_memory, validate_graph
from unpact.shacl.looks import Changes
from unpact.shacl.marks import marked, marking
from unpact.shacl.run import Answer, Result
from unpact.shacl.shapes import ShapesGraph

from ..examples import examples  # noqa: TID252 - test folders are no packages
from .test_against_pyshacl import graphs, shapes_graphs, terms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple


def exact(results: Iterable[Result]) -> list[str]:
    """What results say, the order left out."""
    return sorted(f"{each._replace(details=())} {exact(each.details)}" for each in results)


def both(before: list[Triple], after: list[Triple], shapes: Iterable[Triple]) -> tuple[list[str], list[str]]:
    """The results of a validation that knows of the one before, and of one that does not."""
    graph = ShapesGraph(shapes)
    then = validate_graph(in_memory(before), graph)
    known = Known(then.answers, Changes(set(before) ^ set(after)))
    again = validate_graph(in_memory(after), graph, known=known)
    return exact(again.results), exact(validate_graph(in_memory(after), graph).results)


def few(number: int) -> settings:
    return settings(max_examples=number, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.slow
@few(60)
@given(graphs(terms), graphs(terms), shapes_graphs(ordered=False), st.integers(0, 3), st.integers(1, 3))
def test_the_results_after_a_change_are_those_of_a_full_run(
    before: list[Triple], more: list[Triple], shapes: list[Triple], gone: int, added: int
) -> None:
    again, full = both(before, [*before[gone:], *more[:added]], shapes)
    assert again == full


@pytest.mark.slow
@few(examples(135))
@given(graphs(terms), graphs(terms), shapes_graphs(ordered=False), st.integers(0, 3), st.integers(1, 3))
def test_so_they_are_for_many_shapes(
    before: list[Triple], more: list[Triple], shapes: list[Triple], gone: int, added: int
) -> None:
    again, full = both(before, [*before[gone:], *more[:added]], shapes)
    assert again == full


QUERIES = [
    "$this ex:p ?value",
    "$this ?property ?value",
    "?value a ?class . $this a ?class . FILTER(?value != $this)",
    "$this a/rdfs:subClassOf* ?value",
    "?value ^a/ex:p $this",
    "$this !(ex:p|ex:q) ?value",
    "$this !ex:p ?value",
    "$this (ex:p|!(^ex:p)) ?value",
    "$this ex:p|ex:q/ex:r ?value FILTER NOT EXISTS { ?value ex:q ?other }",
    "$this ex:p ?value ; ex:q [ ?property ?other ]",
    "_:node ?property $this",
    "$this ex:p ?o . BIND(1 AS ?value) FILTER NOT EXISTS { ?o ex:q $this }",
    "OPTIONAL { ?other a ex:C } BIND(?other AS ?value)",
]
SPARQL = """
ex:shape a sh:NodeShape ; sh:targetClass ex:C ; sh:targetSubjectsOf ex:p ; sh:targetObjectsOf ex:q ;
    sh:sparql [ sh:select '''
        PREFIX ex: <http://example.org/>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT $this ?value WHERE { QUERY }''' ] .
"""


@pytest.mark.slow
@pytest.mark.parametrize("query", QUERIES)
@few(8)
@given(graphs(terms), graphs(terms), st.integers(0, 3), st.integers(1, 3))
def test_so_are_those_of_a_query_of_the_shapes_author(
    query: str, before: list[Triple], more: list[Triple], gone: int, added: int
) -> None:
    shapes = read(SPARQL.replace("QUERY", query))
    again, full = both(before, [*before[gone:], *more[:added]], shapes)
    assert again == full


HEAD = """
@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
DATA = "ex:a a ex:C ; ex:p ex:b . ex:b ex:q ex:c . ex:d a ex:C ; ex:p ex:e . ex:e ex:q ex:f ."


def read(turtle: str) -> list[Triple]:
    return [quad.triple for quad in parse(HEAD + turtle, format=RdfFormat.TURTLE)]


MORE = """
ex:few sh:path ex:q ; sh:maxCount 1 .
ex:query sh:select "SELECT $this WHERE { $this <http://example.org/p> ?x }" .
"""


def asked_of(shapes: str, added: str, gone: str = "") -> set[str]:
    """The nodes that shapes are asked of again: those whose results are not taken from the time before."""
    graph = ShapesGraph(read(shapes + MORE))
    after = [triple for triple in (*read(DATA), *read(added)) if triple not in read(gone)]
    (shape,) = graph.with_targets()
    nodes = [NamedNode(f"http://example.org/{name}") for name in "abcdef"]
    component = NamedNode("http://example.org/made-up")
    made_up = [Result(node, shape, component, None, None, None, None, ()) for node in nodes]
    answers = {shape: [Answer(each.focus, each) for each in made_up]}
    known = Known(answers, Changes(set(read(DATA)) ^ set(after)))
    outcome = validate_graph(in_memory(after), graph, known=known)
    kept = {each.focus for each in outcome.results if each.component == component}
    return {node.value[-1] for node in nodes if node not in kept}


@pytest.mark.parametrize(
    ("constraint", "added", "nodes"),
    [
        ("sh:property [ sh:path ex:p ; sh:minCount 1 ]", "ex:a ex:p ex:x .", "a"),
        ("sh:property [ sh:path ex:p ; sh:minCount 1 ]", "ex:a ex:r ex:x .", ""),
        ("sh:property [ sh:path ( ex:p ex:q ) ; sh:minCount 1 ]", "ex:e ex:q ex:x .", "d"),
        (
            "sh:property [ sh:path ex:p ; sh:property [ sh:path ex:q ; sh:maxCount 1 ] ]",
            "ex:b ex:q ex:x .",
            "a",
        ),
        ("sh:property [ sh:path ex:p ; sh:class ex:D ]", "ex:e a ex:D .", "de"),
        ("sh:property [ sh:path ex:p ; sh:equals ex:r ]", "ex:a ex:r ex:x .", "a"),
        ("sh:property [ sh:path [ sh:inversePath ex:q ] ; sh:minCount 1 ]", "ex:x ex:q ex:a .", "a"),
        ("sh:not [ sh:property [ sh:path ex:p ; sh:hasValue ex:x ] ]", "ex:d ex:p ex:x .", "d"),
        ("sh:closed true", "ex:d ex:x ex:x .", "d"),
        ("sh:nodeKind sh:IRI", "ex:e a ex:C .", "e"),
        ("sh:nodeKind sh:IRI", "ex:c ex:p ex:a .", ""),
        # the classes of all nodes may be others now
        ("sh:nodeKind sh:IRI", "ex:D rdfs:subClassOf ex:C .", "abcdef"),
        # a query may look at anything that it names
        (
            "sh:sparql [ sh:select 'SELECT $this WHERE { $this <http://example.org/p> ?x }' ]",
            "ex:c ex:p ex:a .",
            "abcdef",
        ),
        (
            "sh:sparql [ sh:select 'SELECT $this WHERE { $this <http://example.org/p> ?x }' ]",
            "ex:c ex:r ex:a .",
            "",
        ),
    ],
)
def test_what_is_asked_again_is_what_a_change_can_affect(constraint: str, added: str, nodes: str) -> None:
    assert asked_of(f"ex:shape a sh:NodeShape ; sh:targetClass ex:C ; {constraint} .", added) == set(nodes)


def test_a_class_that_has_no_instance_any_more_is_a_change() -> None:
    """The questions about a class leave out those below it of which there is nothing to be found."""
    shape = """ex:shape a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql ex:query .
        ex:query sh:select "SELECT $this WHERE { OPTIONAL { ?x <http://example.org/r> ?y } }" ."""
    before = read("ex:D rdfs:subClassOf ex:C . ex:a a ex:D . ex:b a ex:C .")
    again, full = both(before, [each for each in before if each.subject.value[-1] != "a"], read(shape))
    assert again == full
    assert len(full) == 1


def test_what_is_gone_is_a_change() -> None:
    shape = "ex:shape a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
    assert asked_of(shape, "", "ex:a ex:p ex:b . ex:d a ex:C .") == {"a", "d"}


def test_a_shape_that_only_pyshacl_can_ask_is_asked_of_everything() -> None:
    """One that refers to itself cannot be one query."""
    shape = """ex:shape sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:node ex:inner ] .
        ex:inner sh:property [ sh:path ex:q ; sh:node ex:inner ; sh:nodeKind sh:Literal ] ."""
    before, added = read(DATA), read("ex:e ex:q 1 .")
    again, full = both(before, [*before, *added], read(shape))
    assert again == full
    assert len(full) > 0


def test_no_mark_stays_behind() -> None:
    store = Store()
    store.extend(Quad(*triple) for triple in read(DATA))
    before = set(store)
    nodes = [NamedNode("http://example.org/a"), BlankNode("b"), Literal("c")]
    with marking(store, nodes) as graph:
        found = {node for (node,) in graph.select(f"SELECT ?node WHERE {{ {marked('?node')} }}")}
        hidden = list(graph.select("SELECT ?p WHERE { <urn:x-unpact:marks> ?p ?node }"))
    assert found == set(nodes)
    assert hidden == []
    assert set(store) == before
