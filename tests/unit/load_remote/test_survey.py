from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from unpact.load.remote.equal_values import kept
from unpact.load.remote.survey import Survey, survey

GRAPH = NamedNode("urn:g")
XSD = "http://www.w3.org/2001/XMLSchema#"

nodes = st.sampled_from(
    [NamedNode("urn:a"), NamedNode("urn:b"), *(BlankNode(f"b{number}") for number in range(4))]
)
objects = nodes | st.sampled_from([Literal("1"), Literal("2"), Literal("x", language="en")])
triples = st.lists(
    st.builds(
        Quad, nodes, st.sampled_from([NamedNode("urn:p"), NamedNode("urn:q")]), objects, st.just(GRAPH)
    ),
    max_size=12,
)


def surveyed(quads: list[Quad]) -> Survey:
    store = Store()
    store.extend(quads)
    return survey(store, GRAPH.value)


def renamed(quad: Quad) -> Quad:
    subject, value = (
        BlankNode(f"r{term.value}") if isinstance(term, BlankNode) else term
        for term in (quad.subject, quad.object)
    )
    return Quad(subject, quad.predicate, value, quad.graph_name)


@given(triples, st.randoms())
def test_the_digest_depends_on_neither_order_nor_labels(quads: list[Quad], random: object) -> None:
    other = [renamed(quad) for quad in quads]
    random.shuffle(other)  # type: ignore[attr-defined]
    assert surveyed(quads) == surveyed(other)


@given(triples, triples)
def test_graphs_that_differ_in_names_and_texts_differ_in_the_digest(
    one: list[Quad], other: list[Quad]
) -> None:
    ground = [{str(quad) for quad in quads if "_:" not in str(quad)} for quads in (one, other)]
    if ground[0] != ground[1]:
        assert surveyed(one).digest != surveyed(other).digest


def test_blank_nodes_are_told_apart_by_what_is_said_of_them() -> None:
    said = "<urn:p> [ <urn:q> 1 ; <urn:r> [ <urn:q> %d ] ] ."
    text = f"<urn:a> {said} <urn:b> {said}"
    one, other = (
        surveyed([Quad(*quad.triple, GRAPH) for quad in parse(text % numbers, format=RdfFormat.TURTLE)])
        for numbers in ((2, 3), (3, 2))
    )
    assert one.triples == other.triples == 8
    assert one.digest != other.digest


def test_equal_values_count_once_where_a_service_merges_them() -> None:
    store = Store()
    numbers = [
        ("1", "integer"),
        ("01", "integer"),
        ("1", "int"),
        ("1.0", "decimal"),
        ("1", "boolean"),
        ("true", "boolean"),
    ]
    values = [
        Literal(text, datatype=NamedNode(XSD + name))
        for text, name in [*numbers, ("2", "integer"), ("1", "gYear")]
    ]
    values += [Literal("x", language="en"), Literal("x", language="EN"), Literal("x"), Literal("1")]
    store.extend(Quad(NamedNode("urn:a"), NamedNode("urn:p"), value, GRAPH) for value in values)
    assert kept(store, GRAPH.value) == 6
    store.add(Quad(NamedNode("urn:b"), NamedNode("urn:p"), values[0], GRAPH))
    store.add(Quad(NamedNode("urn:b"), NamedNode("urn:p"), values[0], DefaultGraph()))
    assert kept(store, GRAPH.value) == 7
