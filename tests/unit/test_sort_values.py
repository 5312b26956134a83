"""RDF4J is sent queries in which ORDER BY has a value in each row: the order must be that of the query."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from unpact.graph.dialects.rdf4j import with_sort_values
from unpact.graph.memory import MemoryGraph

from ..servers.sparql_server import from_store, serving  # noqa: TID252 - test folders are no packages

XSD = "http://www.w3.org/2001/XMLSchema#"
TERMS = [
    NamedNode("urn:a"),
    NamedNode("urn:b"),
    Literal(""),
    Literal("a"),
    Literal("b", language="en"),
    Literal(1),
    Literal("2020", datatype=NamedNode(XSD + "gYear")),
]
ORDERS = st.lists(
    st.sampled_from(
        [
            "?x",
            "$y",
            "DESC(?x)",
            "ASC (?y)",
            "desc( (?z) )",
            "STRLEN(?x)",
            "DESC(STRLEN(STR(?y)))",
            '(?z = "a")',
            "<http://www.w3.org/2001/XMLSchema#integer>(?x)",
            'COALESCE(?z, "")',
            "BOUND(?z)",
        ]
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.slow
@given(st.lists(st.tuples(*[st.none() | st.sampled_from(TERMS)] * 3), max_size=8), ORDERS)
def test_rows_come_in_the_same_order(
    rows: list[tuple[NamedNode | Literal | None, ...]], orders: list[str]
) -> None:
    store = Store()
    for number, row in enumerate(rows):
        subject = NamedNode(f"urn:row{number:02}")
        store.add(Quad(subject, NamedNode("urn:is"), Literal(number)))
        for name, value in zip("xyz", row, strict=True):
            if value is not None:
                store.add(Quad(subject, NamedNode(f"urn:{name}"), value))
    optional = " ".join(f"OPTIONAL {{ ?s <urn:{name}> ?{name} }}" for name in "xyz")
    text = f"SELECT ?s ?x ?y ?z {{ ?s <urn:is> ?n {optional} }} ORDER BY {' '.join(orders)} ?n"
    graph = MemoryGraph(store)
    assert list(graph.select(with_sort_values(text))) == list(graph.select(text))


def test_the_order_of_a_query_inside_counts_as_well() -> None:
    inner = "SELECT ?s { ?s ?p ?o FILTER EXISTS { ?s ?q 1 } } ORDER BY ?o LIMIT 2"
    text = f"SELECT ?s {{ {{ {inner} }} }} ORDER BY DESC(?s)"
    sent = with_sort_values(text)
    assert sent.count('COALESCE(?o, "")') == 1
    assert sent.endswith('ORDER BY DESC(COALESCE(IF(ISIRI((?s)), 1, 1), 0)) DESC(COALESCE((?s), ""))')


@pytest.mark.parametrize(
    "text", ["SELECT * { ?s ?p ?o }", "ASK {}", "SELECT nonsense ORDER BY ?x", "", "ORDER BY"]
)
def test_what_has_no_order_stays_as_it_is(text: str) -> None:
    assert with_sort_values(text) == text


@pytest.mark.parametrize(
    ("path", "profile", "keys"),
    [
        ("/rdf4j-server/repositories/facts", None, 2),
        ("/sparql", "graphdb", 2),
        ("/sparql", None, 1),
    ],
)
def test_only_rdf4j_and_what_is_made_of_it_are_sent_another_text(
    path: str, profile: str | None, keys: int
) -> None:
    pytest.importorskip("httpx", reason="the extra unpact[remote] is not installed")
    from unpact.graph.remote import RemoteGraph

    store = Store()
    store.add(Quad(BlankNode(), NamedNode("urn:p"), Literal(1), NamedNode("urn:g")))
    text = "SELECT ?s ?o { GRAPH ?g { ?s <urn:p> ?o } } ORDER BY ?o"
    with serving(from_store(store)) as server:
        graph = RemoteGraph(server.url.rpartition("/")[0] + path, profile=profile)
        assert len(list(graph.select(text))) == 1
        (asked,) = server.asked
    assert asked.query.rpartition("ORDER BY")[2].count("?o") == keys
