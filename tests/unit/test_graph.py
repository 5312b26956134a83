from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode

from unpact.corpus import Corpus, user_files
from unpact.errors import DataSyntaxError, QuerySyntaxError, UsageError
from unpact.graph.interface import Graph, Solutions, Triples
from unpact.graph.rdflib_engine import RdflibGraph, from_rdflib, to_rdflib, union_graph
from unpact.graph.view import build_view
from unpact.names import GRAPH, ID, INFERRED_GRAPH, UNP, USER_GRAPH

if TYPE_CHECKING:
    from pathlib import Path

    from unpact.graph.memory import MemoryGraph

PREFIXES = """
@prefix unp: <https://w3id.org/unpact/ontology#> .
@prefix id: <https://w3id.org/unpact/id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
TREE = {
    "ontology/unpact.ttl": "unp:State a owl:Class ; rdfs:subClassOf unp:Agent . unp:Agent a owl:Class .",
    "ontology/topics.ttl": "",
    "ontology/alignments.ttl": "unp:Agent rdfs:subClassOf <https://schema.org/Thing> .",
    "ontology/shapes/must/states.ttl": "unp:StateShape a unp:NotPartOfAView .",
    "data/article/states.ttl": """
        id:pakistan a unp:State ; rdfs:label "Pakistan"@en, "باكستان"@ar ; unp:number 01 .
    """,
    "data/article/acts.ttl": 'id:act unp:actor id:pakistan ; unp:date "2022-11"^^xsd:gYearMonth .',
    "data/record/codes.ttl": """
        id:pakistan unp:iso3166 "PK" . [] a owl:Axiom ; owl:annotatedSource id:pakistan .
    """,
}


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    for name, turtle in TREE.items():
        path = tmp_path / "tree" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PREFIXES + turtle, encoding="utf-8")
    return Corpus(tmp_path / "tree")


@pytest.fixture
def memory(corpus: Corpus) -> MemoryGraph:
    return build_view(corpus, cache=False)


@pytest.fixture(params=["memory", "rdflib"])
def graph(memory: MemoryGraph, request: pytest.FixtureRequest) -> Graph:
    return memory if request.param == "memory" else RdflibGraph.copy_of(memory)


def test_select_gives_variables_and_terms(graph: Graph) -> None:
    found = graph.select("SELECT ?state ?name ?none { ?state rdfs:label ?name } ORDER BY LANG(?name)")
    assert found.variables == ("state", "name", "none")
    assert list(found) == [
        (NamedNode(ID + "pakistan"), Literal("باكستان", language="ar"), None),
        (NamedNode(ID + "pakistan"), Literal("Pakistan", language="en"), None),
    ]


def test_the_default_graph_is_the_union_without_duplicates(graph: Graph) -> None:
    text = """SELECT ?date ?code {
        ?act unp:actor ?state ; unp:date ?date .
        ?state unp:iso3166 ?code ; a unp:State
    }"""
    year_month = NamedNode("http://www.w3.org/2001/XMLSchema#gYearMonth")
    assert list(graph.select(text)) == [(Literal("2022-11", datatype=year_month), Literal("PK"))]


def test_each_file_is_a_graph_of_its_own(graph: Graph) -> None:
    names = (
        GRAPH + "data/article/acts",
        GRAPH + "data/article/states",
        GRAPH + "data/record/codes",
        INFERRED_GRAPH,
        GRAPH + "ontology/alignments",
        GRAPH + "ontology/unpact",
    )
    assert graph.named_graphs() == names
    found = graph.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
    assert [row[0] for row in found] == [NamedNode(name) for name in names]
    assert graph.ask("ASK { GRAPH ?g { id:pakistan a unp:State ; unp:number 1 } }")
    assert not graph.ask("ASK { GRAPH ?g { id:pakistan a unp:State ; unp:iso3166 ?code } }")


def test_from_chooses_the_default_graph(graph: Graph) -> None:
    states = f"<{GRAPH}data/article/states>"
    assert graph.ask(f"ASK FROM {states} {{ id:pakistan a unp:State }}")
    assert not graph.ask(f"ASK FROM {states} {{ ?act unp:actor ?state }}")
    assert not graph.ask(f"# comment\nask\nfrom{states}{{ ?act unp:actor ?state }}")


@pytest.mark.parametrize(
    "pattern",
    [
        '?act unp:actor ?from FILTER(?from != " FROM <x> ")',
        "?act unp:actor ?state # FROM <x>",
        "?act unp:actor ?state MINUS { ?act <http://example.org/FROM> ?x }",
        "?act unp:actor ?state MINUS { ?act id:from ?x }",
        "?act unp:actor ?state FILTER(STR(?state) != ''' it's FROM <x> ''')",
    ],
)
def test_the_word_from_elsewhere_changes_nothing(graph: Graph, pattern: str) -> None:
    assert graph.ask("ASK {\n" + pattern + "\n. ?state2 unp:iso3166 ?code }")


def test_ask_and_construct(graph: Graph) -> None:
    assert graph.ask("ASK { id:pakistan a unp:Agent }") is True
    assert graph.query("ASK { id:pakistan a unp:Treaty }") is False
    (triple,) = graph.construct("CONSTRUCT { ?s unp:code ?c } WHERE { ?s unp:iso3166 ?c }")
    assert (triple.subject, triple.object) == (NamedNode(ID + "pakistan"), Literal("PK"))
    assert isinstance(graph.query("SELECT * {}"), Solutions)
    assert isinstance(graph.query("DESCRIBE id:pakistan"), Triples)


def test_the_form_of_a_query_is_checked(graph: Graph) -> None:
    with pytest.raises(UsageError, match="a SELECT query is needed here, and this is a ASK query"):
        graph.select("ASK {}")
    with pytest.raises(UsageError, match="ASK"):
        graph.ask("SELECT * {}")
    with pytest.raises(UsageError, match="CONSTRUCT"):
        graph.construct("SELECT * {}")


@pytest.mark.parametrize(
    "text", ["SELECT", "SELECT * {\n ?x foo }", "SELECT * { ?s ex:p ?o }", "INSERT DATA {}", ""]
)
def test_a_query_that_does_not_parse_is_refused_with_a_position(graph: Graph, text: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        graph.query(text)
    assert caught.value.line is not None
    assert len(str(caught.value)) < 160


@pytest.mark.slow
def test_deep_nesting_is_refused_before_it_ends_the_process(graph: Graph) -> None:
    deep = f"ASK {{ FILTER({'(' * 5000}1{')' * 5000}) }}"
    with pytest.raises(UsageError, match="nests brackets"):
        graph.query(deep)
    wide = f"ASK {{ VALUES (?x ?y) {{ {'(1 2) ' * 5000} }} }}"
    assert graph.ask(wide)


def test_rows_are_read_once(graph: Graph) -> None:
    found = graph.select("SELECT ?s { ?s unp:iso3166 ?c }")
    assert len(list(found)) == 1
    assert list(found) == []


def test_rdflib_holds_the_same_quads_as_they_are_written(memory: MemoryGraph) -> None:
    copy = RdflibGraph.copy_of(memory)
    assert len(copy) == len(memory)
    assert len(union_graph(memory)) == len({quad.triple for quad in memory.store})
    terms = {term for quad in memory.store for term in quad.triple}
    assert {from_rdflib(node) for quad in memory.store for node in to_rdflib(quad.triple)} == terms
    with pytest.raises(TypeError):
        from_rdflib(rdflib.Variable("x"))


def test_views(corpus: Corpus) -> None:
    def graphs(view: str) -> set[str]:
        return {name.removeprefix(GRAPH) for name in build_view(corpus, view, cache=False).named_graphs()}

    assert graphs("best") - graphs("article") == {"data/record/codes"}
    assert "ontology/shapes/must/states" not in graphs("best")
    with pytest.raises(UsageError, match="Choose one of best, article"):
        build_view(corpus, "worst", cache=False)


def test_user_files_join_or_replace_the_bundled_facts(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(PREFIXES + "id:nepal a unp:State .")
    joined = build_view(corpus, extra=user_files([path]), cache=False)
    alone = build_view(corpus, extra=user_files([path]), only_extra=True, cache=False)
    for graph in (joined, alone):
        assert USER_GRAPH + "mine" in graph.named_graphs()
        assert graph.ask("ASK { id:nepal a unp:Agent }")
    assert joined.ask("ASK { id:pakistan a unp:State }")
    assert not alone.ask("ASK { id:pakistan a unp:State }")


def test_a_user_file_that_does_not_parse_stops_the_view(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text("id:nepal a unp:State .")
    with pytest.raises(DataSyntaxError, match=r"mine\.ttl:1"):
        build_view(corpus, extra=user_files([path]), cache=False)


def test_inferred_triples_are_apart_and_repeat_nothing(memory: MemoryGraph) -> None:
    inferred = {
        quad.triple for quad in memory.store.quads_for_pattern(None, None, None, NamedNode(INFERRED_GRAPH))
    }
    assert {str(triple) for triple in inferred} == {
        f"<{ID}pakistan> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{UNP}Agent>"
    }
    assert len({quad.triple for quad in memory.store}) == len(memory)


def test_blank_nodes_survive(memory: MemoryGraph) -> None:
    (row,) = memory.select("SELECT ?axiom { ?axiom a owl:Axiom }")
    assert isinstance(row[0], BlankNode)
