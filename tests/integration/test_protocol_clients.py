"""`unpact serve` asked by clients that nobody here wrote: SPARQLWrapper, rdflib, Jena and Comunica."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import rdflib
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results
from rdflib.compare import isomorphic
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

import unpact

from ..servers.unpact_server import serving  # noqa: TID252 - test folders are no packages
from .servers import fuseki_jar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.graph.interface import Graph

pytestmark = pytest.mark.slow

_COMUNICA = "UNPACT_COMUNICA"
_KEPT = "~/.cache/unpact-tests"
_ROWS = """
PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?t ?name ?opened WHERE {
  ?t a unp:Treaty ; rdfs:label ?name
  OPTIONAL { ?t unp:openedForSignature ?opened }
}
"""
_TRIPLES = """
PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
CONSTRUCT { ?t rdfs:label ?name } WHERE { ?t a unp:Treaty ; rdfs:label ?name }
"""
_ASK = "ASK { ?t a <https://w3id.org/unpact/ontology#Treaty> }"
_BODIES = "https://w3id.org/unpact/graph/data/article/bodies"
_WITHIN = 120


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("serve"), "--workers", "2") as server:
        yield f"{server.address}/sparql"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return unpact.open().graph


def _expected(graph: Graph) -> set[tuple[str, ...]]:
    """The rows as terms in N-Triples."""
    return {tuple("" if cell is None else str(cell) for cell in row) for row in graph.select(_ROWS)}


def _triples(graph: Graph) -> rdflib.Graph:
    lines = "".join(f"{triple} .\n" for triple in graph.construct(_TRIPLES))
    assert lines
    return rdflib.Graph().parse(data=lines, format="nt")


def _read(content: bytes, form: QueryResultsFormat) -> set[tuple[str, ...]]:
    read = parse_query_results(content, form)
    assert isinstance(read, QuerySolutions)
    return {tuple("" if cell is None else str(cell) for cell in row) for row in read}


def _terms(read: Result) -> set[tuple[str, ...]]:
    return {tuple("" if cell is None else cell.n3() for cell in row) for row in read}  # type: ignore[union-attr]


@pytest.mark.parametrize("method", ["GET", POST, POSTDIRECTLY])
@pytest.mark.parametrize(
    ("wanted", "form"),
    [(JSON, QueryResultsFormat.JSON), (XML, QueryResultsFormat.XML), (TSV, QueryResultsFormat.TSV)],
)
def test_sparqlwrapper_selects(
    endpoint: str, graph: Graph, method: str, wanted: str, form: QueryResultsFormat
) -> None:
    client = _wrapper(endpoint, _ROWS, wanted, method)
    assert _read(client.query().response.read(), form) == _expected(graph)


def _wrapper(endpoint: str, query: str, wanted: str, method: str = "GET") -> SPARQLWrapper:
    client = SPARQLWrapper(endpoint)
    client.setQuery(query)
    client.setReturnFormat(wanted)
    if method == POSTDIRECTLY:
        client.setMethod(POST)
        client.setRequestMethod(POSTDIRECTLY)
    else:
        client.setMethod(method)
    return client


def test_sparqlwrapper_converts(endpoint: str, graph: Graph) -> None:
    rows = _wrapper(endpoint, _ROWS, JSON).queryAndConvert()["results"]["bindings"]
    assert {row["t"]["value"] for row in rows} == {each[0].strip("<>") for each in _expected(graph)}
    assert _wrapper(endpoint, _ASK, JSON).queryAndConvert()["boolean"] is True
    lines = _wrapper(endpoint, _ROWS, CSV).queryAndConvert().decode().splitlines()
    assert lines[0] == "t,name,opened"
    assert len(lines) == len(rows) + 1


@pytest.mark.parametrize("wanted", [TURTLE, RDFXML, N3, JSONLD])
def test_sparqlwrapper_constructs(endpoint: str, graph: Graph, wanted: str) -> None:
    answer = _wrapper(endpoint, _TRIPLES, wanted).queryAndConvert()
    read = answer if isinstance(answer, rdflib.Graph) else rdflib.Graph().parse(data=answer)
    assert isomorphic(_default(read), _triples(graph))


def _default(read: rdflib.Graph) -> rdflib.Graph:
    """The triples alone, whatever kind of graph a reader gives."""
    copy = rdflib.Graph()
    for triple in read.triples((None, None, None)):
        copy.add(triple)
    return copy


def test_sparqlwrapper_chooses_a_dataset(endpoint: str, graph: Graph) -> None:
    client = _wrapper(endpoint, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", JSON)
    client.addDefaultGraph(_BODIES)
    (row,) = client.queryAndConvert()["results"]["bindings"]
    count = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{_BODIES}> {{ ?s ?p ?o }} }}"
    assert [row["n"]["value"]] == [getattr(cell, "value", "") for cell in next(graph.select(count))]


def test_sparqlwrapper_tells_a_mistake(endpoint: str) -> None:
    with pytest.raises(QueryBadFormed, match=r"line 1, column 10: '\{' is never closed"):
        _wrapper(endpoint, "SELECT * {", JSON).query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("wanted", ["xml", "json", "tsv"])
def test_rdflib_asks_as_of_a_graph_of_its_own(endpoint: str, graph: Graph, method: str, wanted: str) -> None:
    store = SPARQLStore(endpoint, method=method, returnFormat=wanted)
    remote = rdflib.Graph(store)
    assert _terms(remote.query(_ROWS)) == _expected(graph)
    # rdflib, and the specification, know no truth in TSV
    assert wanted == "tsv" or remote.query(_ASK).askAnswer is True


def test_rdflib_constructs_and_walks(endpoint: str, graph: Graph) -> None:
    remote = rdflib.Graph(SPARQLStore(endpoint))
    made = remote.query(_TRIPLES).graph
    assert made is not None
    assert isomorphic(made, _triples(graph))
    convention = rdflib.URIRef("https://w3id.org/unpact/id/uncac")
    names = {name.n3() for name in remote.objects(convention, rdflib.RDFS.label)}
    assert names == {row[1] for row in _expected(graph) if row[0] == convention.n3()} != set()


def _jena(*arguments: str) -> bytes:
    jar = fuseki_jar()
    if jar is None or not jar.is_file() or shutil.which("java") is None:
        pytest.skip("no Jena: there is no jar of Fuseki, or no java (.ci/servers fetches the jar)")
    command = ["java", "-cp", str(jar), "arq.rsparql", *arguments]
    return subprocess.run(command, capture_output=True, check=True, timeout=_WITHIN).stdout


@pytest.mark.parametrize("form", [QueryResultsFormat.JSON, QueryResultsFormat.TSV], ids=["json", "tsv"])
def test_jena_selects(endpoint: str, graph: Graph, form: QueryResultsFormat) -> None:
    content = _jena("--service", endpoint, "--results", form.file_extension, _ROWS)
    assert _read(content, form) == _expected(graph)


def test_jena_constructs_and_asks(endpoint: str, graph: Graph) -> None:
    content = _jena("--service", endpoint, "--results", "ttl", _TRIPLES)
    assert isomorphic(rdflib.Graph().parse(data=content, format="turtle"), _triples(graph))
    assert json.loads(_jena("--service", endpoint, "--results", "json", _ASK))["boolean"] is True


def _comunica(endpoint: str, query: str, media_type: str) -> bytes:
    """What Comunica answers: it takes a query apart, and asks the endpoint for its parts."""
    named = os.environ.get(_COMUNICA)
    folders = [Path(named)] if named else sorted(Path(_KEPT).expanduser().glob("comunica-*"))
    program = folders[-1] / "node_modules/.bin/comunica-sparql" if folders else None
    if program is None or not program.exists():
        pytest.skip(f"no Comunica: {_COMUNICA} names no folder and {_KEPT} has none (.ci/clients fetches it)")
    if shutil.which("node") is None:
        pytest.skip("no Comunica: it needs node, which is not installed")
    command = [str(program), f"sparql@{endpoint}", "-q", query, "-t", media_type]
    return subprocess.run(command, capture_output=True, check=True, timeout=_WITHIN).stdout


def test_comunica_selects(endpoint: str, graph: Graph) -> None:
    content = _comunica(endpoint, _ROWS, QueryResultsFormat.JSON.media_type)
    # it adds members of its own, which rdflib passes over
    assert _terms(Result.parse(BytesIO(content), format="json")) == _expected(graph)


def test_comunica_constructs_and_asks(endpoint: str, graph: Graph) -> None:
    content = _comunica(endpoint, _TRIPLES, RdfFormat.N_TRIPLES.media_type)
    triples = {quad.triple for quad in parse(content, format=RdfFormat.N_TRIPLES)}
    assert triples == set(graph.construct(_TRIPLES)) != set()
    answer = json.loads(_comunica(endpoint, _ASK, QueryResultsFormat.JSON.media_type))
    assert answer["boolean"] is True
