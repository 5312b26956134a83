from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from unpact.load.remote.equal_values import kept
from unpact.load.remote.graph_text import text_of_graph

from .conftest import TRIPLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.graph.interface import Term
    from unpact.load.remote.graph_text import GraphText

GRAPH = NamedNode("urn:g")
XSD = "http://www.w3.org/2001/XMLSchema#"

nodes = st.sampled_from(
    [NamedNode("urn:a"), NamedNode("urn:b"), *(BlankNode(f"b{number}") for number in range(4))]
)
objects = nodes | st.sampled_from([Literal("1"), Literal("2"), Literal("x", language="en")])
triples = st.lists(
    st.builds(Triple, nodes, st.sampled_from([NamedNode("urn:p"), NamedNode("urn:q")]), objects), max_size=12
)


def text_of(triples: Iterable[Triple]) -> GraphText:
    store = Store()
    store.extend(Quad(each.subject, each.predicate, each.object, GRAPH) for each in triples)
    store.add(Quad(NamedNode("urn:a"), NamedNode("urn:p"), NamedNode("urn:elsewhere"), NamedNode("urn:h")))
    return text_of_graph(store, GRAPH.value)


def renamed(triple: Triple) -> Triple:
    def named(term: Term) -> Term:
        if isinstance(term, Triple):
            return renamed(term)
        return BlankNode(f"r{term.value}") if isinstance(term, BlankNode) else term

    return Triple(named(triple.subject), triple.predicate, named(triple.object))  # type: ignore[arg-type]  # of its kind


@pytest.mark.slow
@given(triples | TRIPLES, st.randoms())
def test_the_digest_depends_on_neither_order_nor_labels(triples: list[Triple], random: object) -> None:
    other = [renamed(each) for each in triples]
    random.shuffle(other)  # type: ignore[attr-defined]
    assert text_of(triples).digest == text_of(other).digest


@pytest.mark.slow
@given(triples, triples)
def test_graphs_that_differ_in_names_and_texts_differ_in_the_digest(
    one: list[Triple], other: list[Triple]
) -> None:
    ground = [{str(each) for each in triples if "_:" not in str(each)} for triples in (one, other)]
    if ground[0] != ground[1]:
        assert text_of(one).digest != text_of(other).digest


def test_blank_nodes_are_told_apart_by_what_is_said_of_them() -> None:
    said = "<urn:p> [ <urn:q> 1 ; <urn:r> [ <urn:q> %d ] ] ."
    text = f"<urn:a> {said} <urn:b> {said}"
    one, other = (
        text_of(quad.triple for quad in parse(text % numbers, format=RdfFormat.TURTLE))
        for numbers in ((2, 3), (3, 2))
    )
    assert one.triples == other.triples == 8
    assert one.digest != other.digest


def test_blank_nodes_that_all_lead_to_each_other_are_looked_at_once() -> None:
    nodes = [BlankNode(f"b{number}") for number in range(12)]
    said = [Triple(one, NamedNode("urn:p"), other) for one in nodes for other in nodes]
    # each of the twelve leads to twelve, down to the twelfth of them
    assert text_of(said).digest == text_of(map(renamed, said)).digest


@pytest.mark.slow
@given(TRIPLES)
def test_the_digest_is_the_same_before_and_after_all_was_written(triples: list[Triple]) -> None:
    one, other = text_of(triples), text_of(triples)
    before = one.digest
    for _ in other.written():
        pass
    assert before == other.digest


def test_equal_values_count_once_where_a_service_merges_them() -> None:
    numbers = [
        *((text, "integer") for text in ("1", "01", "+1")),
        *((text, "decimal") for text in ("1.0", "1.00")),
        ("1", "int"),
        ("1e0", "double"),
        ("1", "boolean"),
        ("true", "boolean"),
    ]
    large = "1" + "0" * 60
    numbers += [("0", "integer"), ("-0", "integer"), ("0.0", "decimal"), ("false", "boolean")]
    numbers += [(large + "1", "integer"), (large + "2", "integer"), ("NaN", "double"), ("NaN", "float")]
    others = [("2", "integer"), ("1", "gYear"), ("one", "integer")]
    values = [Literal(text, datatype=NamedNode(XSD + name)) for text, name in [*numbers, *others]]
    values += [Literal("x", language="en"), Literal("x", language="EN"), Literal("x"), Literal("1")]
    said = [Triple(NamedNode("urn:a"), NamedNode("urn:p"), value) for value in values]
    # 1, 0, two large ones, NaN, three others, and three texts
    assert kept(text_of(said)) == 11
    said.append(Triple(NamedNode("urn:b"), NamedNode("urn:p"), values[0]))
    said.append(Triple(NamedNode("urn:b"), NamedNode("urn:p"), BlankNode("b")))
    assert kept(text_of(said)) == 13
