"""Which format a client gets, and whether others read in it what the graph says."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    Store,
    parse_query_results,
)
from rdflib.compare import isomorphic
from rdflib.query import Result

import unpact
from unpact.graph.memory import MemoryGraph
from unpact.query.run import bound_text
from unpact.query.written import write_rows
from unpact.serve.exchange import Asked
from unpact.serve.sparql import formats

if TYPE_CHECKING:
    from unpact.serve.exchange import Reply
    from unpact.serve.site import Site

_JSON, _XML = "application/sparql-results+json", "application/sparql-results+xml"
_CSV, _TSV = "text/csv", "text/tab-separated-values"
_TTL, _NT, _RDF, _LD = "text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"
_BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
_ROWS = """
SELECT ?t ?name ?d WHERE { ?t a unp:Treaty ; rdfs:label ?name OPTIONAL { ?t unp:openedForSignature ?d } }
"""
_TRIPLES = "CONSTRUCT { ?t rdfs:label ?name } WHERE { ?t a unp:Treaty ; rdfs:label ?name }"


def _ask(site: Site, query: str, accept: str = "", **fields: str) -> Reply:
    return site.answer(Asked("/sparql", (("query", query), *fields.items()), accept))


@pytest.mark.parametrize(
    ("accept", "of_rows", "of_triples"),
    [
        ("", _JSON, _TTL),
        ("*/*", _JSON, _TTL),
        ("*", _JSON, _TTL),
        (_JSON, _JSON, None),
        (_XML, _XML, None),
        ("application/json", "application/json", "application/json"),
        ("application/xml", "application/xml", "application/xml"),
        ("text/xml", "text/xml", "text/xml"),
        ("text/plain", "text/plain", "text/plain"),
        ("text/*", _CSV, _TTL),
        ("application/*", _JSON, _NT),
        (f"{_CSV}, {_JSON};q=0.9", _CSV, None),
        (f"{_CSV};q=0.8, {_JSON};q=0.9", _JSON, None),
        (f"{_CSV};q=0.001, {_TTL};q=0.001", _CSV, _TTL),
        (f"{_JSON};q=0, */*", _XML, _TTL),
        (f"{_CSV};q=0.2, */*;q=0.1", _CSV, _TTL),
        (f"{_XML};q=0.5, */*;q=0.8", _JSON, _TTL),
        (f"{_NT}, {_TTL};q=0.9, {_TSV}", _TSV, _NT),
        ("application/n-quads", None, "application/n-quads"),
        ("application/trig;q=0.5, image/png", None, "application/trig"),
        ("application/x-turtle", None, "application/x-turtle"),
        (f"{_LD}, {_RDF};q=0.5", None, _LD),
        ("TEXT/CSV", _CSV, None),
        ("text/csv; charset=utf-8", _CSV, None),
        ("image/png", None, None),
        (_BROWSER, "text/html", "text/html"),
        ("text/html;q=0.5, text/csv", _CSV, "text/html"),
        ("not a media type", _JSON, _TTL),
    ],
)
def test_the_header_accept(site: Site, accept: str, of_rows: str | None, of_triples: str | None) -> None:
    for query, wanted in ((_ROWS, of_rows), (_TRIPLES, of_triples)):
        reply = _ask(site, query, accept)
        assert reply.varies
        if wanted is None:
            assert reply.status == 406
            assert b"none of the media types" in reply.body
        else:
            assert reply.status == 200
            assert reply.media_type.partition(";")[0] == wanted


def test_the_parameter_format_wins(site: Site) -> None:
    for each in formats.RESULTS:
        for wanted in (*each.names, *each.media_types):
            reply = _ask(site, _ROWS, _BROWSER, format=wanted)
            assert reply == _ask(site, _ROWS, wanted if "/" in wanted else each.media_type)
    for each in formats.RDF:
        assert _ask(site, _TRIPLES, _JSON, format=each.name).media_type.startswith(each.media_type)
    assert _ask(site, _TRIPLES, format="json").media_type == _LD
    assert _ask(site, _TRIPLES, format="xml").media_type == _RDF
    assert _ask(site, _ROWS, format="html").body.startswith(b"<!doctype html>")


@pytest.mark.parametrize(("query", "wanted"), [(_ROWS, "ttl"), (_TRIPLES, "csv"), ("ASK {}", "nq")])
def test_a_format_that_there_is_not(site: Site, query: str, wanted: str) -> None:
    reply = _ask(site, query, format=wanted)
    assert reply.status == 400
    assert f"no format '{wanted}'" in reply.body.decode()


@pytest.mark.parametrize("word", ["rdf+xml", "json-ld", "n3", "pdf", ""])
def test_words_that_name_no_format_do_not_count(site: Site, word: str) -> None:
    """SPARQLWrapper sends such words beside the header Accept."""
    assert _ask(site, _TRIPLES, _RDF, format=word) == _ask(site, _TRIPLES, _RDF)


def test_every_format_can_be_asked_for_and_is_written_by_the_engine() -> None:
    for each in formats.RESULTS:
        assert QueryResultsFormat.from_media_type(each.media_type) is not None
    names = [name for each in formats.RDF for name in each.names]
    assert len(names) == len(set(names))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["json", "xml", "tsv"])
def test_rdflib_reads_the_same_rows(site: Site, name: str) -> None:
    read = Result.parse(BytesIO(_ask(site, _ROWS, format=name).body), format=name)
    assert [str(variable) for variable in read.vars or ()] == ["t", "name", "d"]
    expected = list(site.graph.select(_ROWS))
    assert len(expected) > 10
    assert _as_texts(read) == {tuple(None if cell is None else str(cell) for cell in row) for row in expected}


def _as_texts(read: Result) -> set[tuple[str | None, ...]]:
    """The rows of rdflib in the words of pyoxigraph, which writes terms in N-Triples."""
    return {tuple(None if cell is None else cell.n3() for cell in row) for row in read}  # type: ignore[union-attr, misc]


def test_rdflib_reads_the_same_csv(site: Site) -> None:
    """CSV tells IRIs and texts apart by a guess alone, so what is compared are the texts."""
    read = Result.parse(BytesIO(_ask(site, _ROWS, format="csv").body), format="csv")
    found = {tuple("" if cell is None else str(cell) for cell in row) for row in read}  # type: ignore[union-attr]
    rows = site.graph.select(_ROWS)
    assert found == {tuple("" if cell is None else cell.value for cell in row) for row in rows}  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["json", "xml"])
@pytest.mark.parametrize("query", ["ASK { ?t a unp:Treaty }", "ASK { ?t a unp:Treaty . ?t a unp:State }"])
def test_rdflib_reads_the_same_truth(site: Site, name: str, query: str) -> None:
    read = Result.parse(BytesIO(_ask(site, query, format=name).body), format=name)
    assert read.askAnswer is site.graph.ask(query)


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_truth_has_a_form_in_tables_too(site: Site, name: str) -> None:
    assert _ask(site, "ASK {}", format=name).body == b"true"


_RDFLIB = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld", "nq": "nquads", "trig": "trig"}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # in rdflib's own code
@pytest.mark.parametrize("form", formats.RDF, ids=lambda form: form.name)
@pytest.mark.parametrize("query", [_TRIPLES, "DESCRIBE id:uncac", "CONSTRUCT WHERE { ?s a [] } LIMIT 0"])
def test_rdflib_reads_the_same_triples(site: Site, form: formats.Format, query: str) -> None:
    read = rdflib.Graph()
    if form.name in ("nq", "trig"):
        dataset = rdflib.Dataset()
        dataset.parse(data=_ask(site, query, format=form.name).body, format=_RDFLIB[form.name])
        for triple in dataset.default_graph:
            read.add(triple)
    else:
        read.parse(data=_ask(site, query, format=form.name).body, format=_RDFLIB[form.name])
    lines = "".join(f"{triple} .\n" for triple in site.graph.construct(query))
    assert isomorphic(read, rdflib.Graph().parse(data=lines, format="nt"))


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
_DATATYPES = st.sampled_from(["integer", "decimal", "double", "boolean", "date", "gYear", "string", "float"])
_TERMS = st.one_of(
    st.builds(Literal, _TEXTS),
    st.builds(lambda text, tag: Literal(text, language=tag), _TEXTS, st.sampled_from(["en", "zh-Hans"])),
    st.builds(
        lambda text, name: Literal(text, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{name}")),
        st.one_of(_TEXTS, st.sampled_from(["1", "01", "+1", "1.", ".5", "1e3", "INF", "true", "-0", "2020"])),
        _DATATYPES,
    ),
    st.sampled_from(["urn:a", "http://example.org/é?a=b&c#d"]).map(NamedNode),
    st.just(BlankNode("b1")),
)


@pytest.mark.slow
@given(st.lists(_TERMS, min_size=1, max_size=5))
def test_rows_survive_every_format(terms: list[NamedNode | BlankNode | Literal]) -> None:
    """What goes by way of TSV is what the engine would have written at once."""
    store = Store()
    for number, term in enumerate(terms):
        store.add(Quad(NamedNode(f"urn:s{number}"), NamedNode("urn:p"), term, NamedNode("urn:g")))
    query = "SELECT ?s ?o ?none { GRAPH ?g { ?s ?p ?o } }"
    rows = write_rows(MemoryGraph(store), query, 10)
    assert not rows.cut
    for each in formats.RESULTS:
        direct = store.query(query).serialize(format=QueryResultsFormat.from_media_type(each.media_type))
        assert formats.write_rows(rows.tsv, each) == direct


@pytest.mark.parametrize("query", ["SELECT * {}", "SELECT ?x {}", "SELECT ?x { VALUES ?x { UNDEF 1 } }"])
def test_rows_without_values(site: Site, query: str) -> None:
    json = _ask(site, query, _JSON).body
    assert json == MemoryGraph(Store()).store.query(query).serialize(format=QueryResultsFormat.JSON)


@pytest.mark.parametrize("most", [0, 1, 2, 3, 4])
def test_rows_are_cut_where_they_are_too_many(most: int) -> None:
    query = 'SELECT ?x { VALUES ?x { "a\\nb" "c\\r" 3 } }'
    rows = write_rows(MemoryGraph(Store()), query, most)
    assert rows.cut == (most < 3)
    assert rows.tsv.count(b"\n") == 1 + min(most, 3)
    assert rows.tsv.startswith(b"?x\n")


@pytest.mark.slow
@pytest.mark.parametrize("each", [16, pytest.param(1, marks=pytest.mark.slow)])
def test_answers_over_http_are_those_of_python(site: Site, each: int) -> None:
    """The stored queries, with the values of their first examples."""
    knowledge = unpact.open()
    for query in list(site.catalogue)[::each]:
        text = bound_text(site.graph, query, dict(query.examples[0]), resolver=site.resolver)
        expected = knowledge.sparql(text).result
        assert expected.rows
        for form in (QueryResultsFormat.JSON, QueryResultsFormat.XML):
            read = parse_query_results(_ask(site, text, form.media_type).body, form)
            assert isinstance(read, QuerySolutions)
            assert tuple(variable.value for variable in read.variables) == expected.variables
            assert [tuple(solution) for solution in read] == expected.rows
