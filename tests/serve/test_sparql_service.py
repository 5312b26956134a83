"""What the endpoint says of itself, and which graphs it lets a request choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import rdflib
from pyoxigraph import Literal, RdfFormat, Store

import unpact
from unpact.errors import UsageError
from unpact.graph.interface import ByForm, Solutions
from unpact.graph.stored import StoredGraph
from unpact.query.written import write_rows
from unpact.serve.exchange import Asked
from unpact.serve.settings import Limits, Settings
from unpact.serve.site import Site
from unpact.serve.sparql import formats
from unpact.serve.sparql.asking import graph_for
from unpact.serve.sparql.request import QueryRequest

from ..servers.sparql_server import from_store, serving  # noqa: TID252 - test folders are no packages

if TYPE_CHECKING:
    from pathlib import Path

    from unpact.serve.exchange import Reply

_SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
_VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
_FORMATS = "http://www.w3.org/ns/formats/"
_COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


@pytest.fixture(scope="module")
def description(site: Site) -> rdflib.Graph:
    return rdflib.Graph().parse(data=site.answer(Asked("/sparql")).body, format="turtle")


def test_the_service_tells_where_it_is(site: Site, description: rdflib.Graph) -> None:
    endpoint = rdflib.URIRef(f"{site.settings.address}/sparql")
    assert list(description.subjects(rdflib.RDF.type, _SD.Service)) == [endpoint]
    assert description.value(endpoint, _SD.endpoint) == endpoint
    assert description.value(endpoint, _SD.supportedLanguage) == _SD.SPARQL11Query
    assert (endpoint, _SD.feature, _SD.UnionDefaultGraph) in description


def test_it_names_each_format_that_it_writes(description: rdflib.Graph) -> None:
    """And their IRIs are those that the W3C keeps (https://www.w3.org/ns/formats/)."""
    named = {str(value).removeprefix(_FORMATS) for value in description.objects(None, _SD.resultFormat)}
    tables = {f"SPARQL_Results_{each.label}" for each in formats.RESULTS}
    assert named == tables | {each.label.replace("/", "_") for each in formats.RDF}


def test_it_counts_the_triples_of_every_graph(site: Site, description: rdflib.Graph) -> None:
    (dataset,) = description.objects(None, _SD.defaultDataset)
    found = {}
    for each in description.objects(dataset, _SD.namedGraph):
        count = description.value(description.value(each, _SD.graph), _VOID.triples)
        found[str(description.value(each, _SD.name))] = int(str(count))
    assert sorted(found) == list(site.graph.named_graphs())
    for name, number in list(found.items())[::9]:
        graph = graph_for(site.graph, QueryRequest(None, (name,)))
        assert list(graph.select(_COUNT)) == [(Literal(number),)]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # in rdflib's own code
@pytest.mark.parametrize("accept", ["application/rdf+xml", "application/ld+json", "application/n-triples"])
def test_it_comes_in_every_format(site: Site, description: rdflib.Graph, accept: str) -> None:
    reply = site.answer(Asked("/sparql", accept=accept))
    assert reply.media_type == accept
    read = rdflib.Graph().parse(data=reply.body, format=accept)
    assert set(read) == set(description)


def test_a_store_on_disk_has_datasets_too(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"))
    store.load("<urn:g> { <urn:s> a 1 , 2 } <urn:h> { <urn:s> a 3 , 4 , 5 }", format=RdfFormat.TRIG)
    store.flush()
    del store
    stored = StoredGraph(tmp_path / "store")
    by_name = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    for default, named, counted, counted_by_name in (
        ((), (), 5, 5),
        (("urn:g",), (), 2, 0),
        (("urn:g", "urn:h"), ("urn:g",), 5, 2),
        ((), ("urn:h",), 0, 3),
    ):
        graph = graph_for(stored, QueryRequest(None, default, named))
        assert list(graph.select(_COUNT)) == [(Literal(counted),)]
        assert write_rows(graph, by_name, 1).tsv == b"?n\n%d\n" % counted_by_name


class _Elsewhere(ByForm):
    """A graph that another service holds."""

    def query(self, text: str) -> Solutions:
        raise AssertionError(text)

    def named_graphs(self) -> tuple[str, ...]:
        return ("urn:g",)


def test_a_graph_elsewhere_has_no_dataset_to_choose() -> None:
    graph = _Elsewhere()
    assert graph_for(graph, QueryRequest("ASK {}")) is graph
    with pytest.raises(UsageError, match="has to be named by the query"):
        graph_for(graph, QueryRequest("ASK {}", ("urn:g",)))
    with pytest.raises(UsageError, match="there is no graph <urn:h>"):
        graph_for(graph, QueryRequest("ASK {}", ("urn:g",), ("urn:h",)))


@pytest.mark.slow
def test_what_another_service_holds_is_served_as_well() -> None:
    store = Store()
    store.load('<urn:g> { <urn:s> a 1 , "x\\ty"@en , <urn:o> }', format=RdfFormat.TRIG)
    site = Site(Settings(limits=Limits(rows=2)))
    with serving(from_store(store, union=True)) as service:
        site.knowledge = unpact.open(endpoint=service.url)

        def ask(query: str, **fields: str) -> Reply:
            return site.answer(Asked("/sparql", (("query", query), *fields.items())))

        rows = ask("SELECT ?o WHERE { ?s ?p ?o } ORDER BY DESC(STR(?o))", format="csv")
        assert rows.body == b"o\r\nx\ty\r\nurn:o\r\n"
        assert rows.headers == (("X-Rows-Left-Out", "true"),)
        assert ask("ASK { ?s ?p 1 }").body == b'{"head":{},"boolean":true}'
        triples = ask("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(ISIRI(?o)) }", format="nt")
        assert triples.body.count(b"\n") == 1
        assert ask("SELECT * {").status == 400
        assert b"<td" in ask("SELECT ?o WHERE { ?s ?p ?o }", format="html").body
        assert b"sd:name <urn:g>" in site.answer(Asked("/sparql")).body
        assert b"<urn:o>" in site.answer(Asked("/graph-store", (("graph", "urn:g"),))).body
