"""Discrepancies: both sides are in the data, the view article knows nothing of the record, and the view best
shows nothing of what the record corrects.
"""

from __future__ import annotations

import shutil
from functools import cache
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from unpact.corpus import Corpus, bundled
from unpact.corpus.syntax import read_quads
from unpact.errors import UnknownNameError
from unpact.evidence.coverage import coverage
from unpact.evidence.discrepancies import ERROR, Discrepancy, discrepancies
from unpact.graph.corrections import corrected, leave_out_corrected
from unpact.graph.memory import MemoryGraph
from unpact.graph.view import build_view
from unpact.names import ID, UNP, XSD
from unpact.query.catalogue import Catalogue
from unpact.query.expected import to_tsv
from unpact.query.run import run
from unpact.validate.checked import checked_triples, checked_with_context

from .evidence import annotated, facts

if TYPE_CHECKING:
    from .evidence import Fact

QUERIES = tuple(Catalogue(file.path for file in bundled().query_files()))
SUPERSEDED = NamedNode(UNP + "Superseded")
NUMBERED = 16


@cache
def layer(name: str) -> frozenset[Quad]:
    return frozenset(quad for file in bundled().data_files(name) for quad in read_quads(file))


@cache
def said(name: str) -> frozenset[Fact]:
    """What a layer asserts or confirms."""
    return frozenset(facts(layer(name)) | annotated(layer(name)).keys())


@cache
def known() -> tuple[Discrepancy, ...]:
    graph = MemoryGraph()
    graph.store.extend(layer("record"))
    return tuple(discrepancies(graph))


def missing(each: Discrepancy, side: str) -> list[str]:
    """What `each` claims of the article or the record that these do not have."""
    layer_says = said(side)
    subjects = {subject for subject, _, _ in layer_says}
    values = each.article_values if side == "article" else each.record_values
    statements = each.article_statements if side == "article" else each.record_statements
    lost = [str(node) for node in statements if node not in subjects]
    if not statements:
        lost += [
            f"{about} {values}"
            for about in each.about
            if not any((about, used, value) in layer_says for used in each.properties for value in values)
        ]
    return lost


def named(each: Discrepancy) -> str:
    return each.node.value.removeprefix(ID + "discrepancy-")


@pytest.mark.slow
@pytest.mark.parametrize("each", known(), ids=named)
def test_both_sides_are_in_the_data(each: Discrepancy) -> None:
    assert missing(each, "article") == []
    assert missing(each, "record") == []


@pytest.mark.slow
def test_a_side_that_is_not_there_is_noticed() -> None:
    (right,) = [each for each in known() if named(each) == "unodc-established"]
    year = Literal("1976", datatype=NamedNode(XSD + "gYear"))
    wrong = Discrepancy(
        **{**{name: getattr(right, name) for name in right.__slots__}, "article_values": (year,)}
    )
    assert missing(wrong, "article") != []
    assert missing(wrong, "record") == []


def test_there_are_discrepancies_of_every_kind() -> None:
    assert len(known()) > NUMBERED
    kinds = {each.kind.value.removeprefix(UNP) for each in known()}
    assert kinds == {"Error", "Superseded", "Imprecise", "Ambiguous"}


def wrong_facts() -> set[Fact]:
    """The triples of the article that the view best must not have."""
    replaced = {
        (about, used, value)
        for each in known()
        if each.kind in (ERROR, SUPERSEDED) and each.record_values
        for about in each.about
        for used in each.properties
        for value in each.article_values
    }
    gone = {node for each in known() if each.kind == ERROR for node in each.article_statements}
    return {fact for fact in said("article") if fact in replaced or fact[0] in gone or fact[2] in gone}


@pytest.mark.slow
def test_no_corrected_value_remains_in_the_view_best() -> None:
    best = {quad.triple for quad in build_view(bundled()).store}
    shown = {(triple.subject, triple.predicate, triple.object) for triple in best}
    assert len(wrong_facts()) > 20
    assert shown & wrong_facts() == set()
    targets = annotated(build_view(bundled()).store)
    assert targets.keys() & wrong_facts() == set()


@pytest.mark.slow
def test_the_view_article_has_them_all() -> None:
    shown = {(quad.subject, quad.predicate, quad.object) for quad in build_view(bundled(), "article").store}
    assert wrong_facts() - shown == set()


def test_nothing_follows_from_a_corrected_value() -> None:
    graph = build_view(bundled())
    rows = list(graph.select("SELECT ?day { id:country-programme-1 unp:earliestStart ?day }"))
    assert [row[0].value for row in rows if isinstance(row[0], Literal)] == ["2010-01-01"]
    # a document that is no resolution is none by any rule
    assert not graph.ask("ASK { id:decision-74-567 a unp:Resolution }")
    assert graph.ask("ASK { id:decision-74-567 a unp:Decision }")


@pytest.fixture(scope="module")
def without_the_record(tmp_path_factory: pytest.TempPathFactory) -> MemoryGraph:
    root = tmp_path_factory.mktemp("article-only")
    for folder in ("ontology", "data/article", "queries"):
        shutil.copytree(bundled().root / folder, root / folder)
    return build_view(Corpus(root), "best", cache=False)


EXAMPLES = [(query, number) for query in QUERIES for number in range(len(query.examples))]


def rows_of(graph: MemoryGraph, query: int, number: int) -> str:
    stored = QUERIES[query]
    try:
        return to_tsv(run(graph, stored, stored.examples[number]))
    except UnknownNameError as error:
        # the codes of states come from the record
        return str(error)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "number"),
    [(at, number) for at, query in enumerate(QUERIES) for number in range(len(query.examples))],
    ids=[f"{query.name}-{number}" for query, number in EXAMPLES],
)
def test_the_view_article_answers_as_if_there_were_no_record(
    query: int, number: int, without_the_record: MemoryGraph
) -> None:
    assert rows_of(build_view(bundled(), "article"), query, number) == rows_of(
        without_the_record, query, number
    )


@pytest.mark.slow
def test_the_view_best_does_answer_from_the_record() -> None:
    best, article = build_view(bundled()), build_view(bundled(), "article")
    changed = {
        stored.name for at, stored in enumerate(QUERIES) if rows_of(best, at, 0) != rows_of(article, at, 0)
    }
    assert {"established", "country-programmes", "discrepancies", "dates", "meetings"} <= changed
    assert "challenges" not in changed


@pytest.mark.slow
def test_the_view_article_has_no_thing_of_the_record() -> None:
    only_there = {quad.subject for quad in layer("record")} - {quad.subject for quad in layer("article")}
    only_there = {node for node in only_there if isinstance(node, NamedNode)}
    assert len(only_there) > 100
    assert only_there & {quad.subject for quad in build_view(bundled(), "article").store} == set()


@pytest.mark.slow
def test_shapes_see_the_view_best() -> None:
    checked = checked_with_context(bundled(), [], cache=False)
    seen = {
        (triple.subject, triple.predicate, triple.object) for triple in checked_triples(build_view(bundled()))
    }
    # pyshacl gets the triples as they are written, which are read anew
    written = {(triple.subject, triple.predicate, triple.object) for triple in checked.data.triples()}
    assert seen & wrong_facts() == written & wrong_facts() == set()
    assert {fact for fact in seen if not isinstance(fact[0], BlankNode)} == {
        fact for fact in written if not isinstance(fact[0], BlankNode)
    }


def test_coverage_looks_at_the_article_itself() -> None:
    report = coverage(bundled())
    assert report.complete
    counted = {quad.triple for quad in layer("article")}
    assert any(triple.object == Literal("1977", datatype=NamedNode(XSD + "gYear")) for triple in counted)


FACTS = """
<http://example/1> <http://example/p> 1 , 2 .
[] a <http://www.w3.org/2002/07/owl#Axiom> ;
    <http://www.w3.org/2002/07/owl#annotatedSource> <http://example/1> ;
    <http://www.w3.org/2002/07/owl#annotatedProperty> <http://example/p> ;
    <http://www.w3.org/2002/07/owl#annotatedTarget> 1 .
"""
DISCREPANCY = """
@prefix unp: <https://w3id.org/unpact/ontology#> .
<http://example/d> a unp:Discrepancy ;
    unp:discrepancyAbout <http://example/1> ; unp:contestedProperty <http://example/p> ;
    unp:articleValue 1 ; unp:recordValue 3 ; unp:discrepancyKind unp:{kind} .
"""


def small(kind: str, place: str = "data/article/some") -> MemoryGraph:
    from pyoxigraph import RdfFormat, parse

    graph = MemoryGraph()
    for text, name in ((FACTS, place), (DISCREPANCY.replace("{kind}", kind), "data/record/d")):
        into = NamedNode(f"https://w3id.org/unpact/graph/{name}")
        graph.store.extend(
            Quad(quad.subject, quad.predicate, quad.object, into) for quad in parse(text, RdfFormat.TURTLE)
        )
    return graph


@pytest.mark.parametrize("kind", ["Error", "Superseded"])
def test_a_value_that_the_record_replaces_goes_with_its_annotation(kind: str) -> None:
    graph = small(kind)
    assert len(corrected(graph)) == 5
    leave_out_corrected(graph)
    assert [
        quad.object for quad in graph.store.quads_for_pattern(NamedNode("http://example/1"), None, None)
    ] == [Literal(2)]
    assert corrected(graph) == frozenset()


@pytest.mark.parametrize("kind", ["Imprecise", "Ambiguous"])
def test_what_is_imprecise_or_ambiguous_stays(kind: str) -> None:
    assert corrected(small(kind)) == frozenset()


def test_only_the_article_is_corrected() -> None:
    assert corrected(small("Error", "user/mine")) == frozenset()


def test_what_is_wrong_in_a_sentence_stands_nowhere_else_in_what_it_states() -> None:
    """One statement of a sentence may be corrected, and another node that holds the same value forgotten."""
    kept = build_view(bundled(), "best").select("""
        SELECT ?discrepancy ?thing ?value WHERE {
          ?discrepancy unp:discrepancyKind unp:Error ; unp:articleValue ?value ; unp:statedIn ?sentence .
          ?thing unp:statedIn ?sentence ; ?property ?value .
          FILTER NOT EXISTS { ?thing a unp:Discrepancy }
        }""")
    assert list(kept) == []
