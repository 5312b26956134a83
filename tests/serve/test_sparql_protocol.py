"""The cases of the W3C's tests of the SPARQL 1.1 Protocol, as far as they are about queries, on this graph.

The names are those of the manifest. The server is a process of its own, asked over HTTP.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest

import unpact

from ..servers.unpact_server import serving  # noqa: TID252 - test folders are no packages

if TYPE_CHECKING:
    from collections.abc import Iterator

_BODIES, _SUPPORT = (
    f"https://w3id.org/unpact/graph/data/article/{name}" for name in ("bodies", "conclusion")
)
_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_JSON = "application/sparql-results+json"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with (
        serving(tmp_path_factory.mktemp("serve"), "--workers", "2", "--max-rows", "50") as server,
        httpx.Client(base_url=server.address, timeout=60, trust_env=False) as client,
    ):
        yield client


def _answer(response: httpx.Response) -> bool:
    assert response.status_code == 200, response.text
    return bool(response.json()["boolean"])


def test_query_get(client: httpx.Client) -> None:
    assert _answer(client.get("/sparql", params={"query": "ASK { ?t a unp:Treaty }"}))


def test_query_post_form(client: httpx.Client) -> None:
    assert _answer(client.post("/sparql", data={"query": "ASK { ?t a unp:Treaty }"}))


def test_query_post_direct(client: httpx.Client) -> None:
    for media_type in (_DIRECT, f"{_DIRECT}; charset=utf-8", "Application/SPARQL-Query"):
        content = "ASK { ?t a unp:Treaty }"
        assert _answer(client.post("/sparql", content=content, headers={"Content-Type": media_type}))


_COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
_NAMES = "SELECT ?g WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"


def _by_each_way(client: httpx.Client, query: str, *graphs: tuple[str, str]) -> list[dict[str, Any]]:
    """The answers by GET and by both kinds of POST."""
    form = httpx.QueryParams([("query", query), *graphs])
    answers = [
        client.get("/sparql", params=form),
        client.post("/sparql", content=str(form), headers={"Content-Type": _FORM}),
        client.post(
            "/sparql",
            params=httpx.QueryParams(list(graphs)),
            content=query,
            headers={"Content-Type": _DIRECT},
        ),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    return [answer.json() for answer in answers]


def _only(answers: list[dict[str, Any]]) -> dict[str, Any]:
    assert answers[0] == answers[1] == answers[2]
    return answers[0]


def _number(answers: list[dict[str, Any]]) -> int:
    return int(_only(answers)["results"]["bindings"][0]["n"]["value"])


def _graphs(answers: list[dict[str, Any]]) -> list[str]:
    return [row["g"]["value"] for row in _only(answers)["results"]["bindings"]]


def test_query_dataset_default_graph(client: httpx.Client) -> None:
    graph = ("default-graph-uri", _BODIES)
    of_one = _number(_by_each_way(client, _COUNT, graph))
    by_name = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{_BODIES}> {{ ?s ?p ?o }} }}"
    assert of_one == _number(_by_each_way(client, by_name)) > 0
    # the named graphs are those of the request, and it has none
    assert _graphs(_by_each_way(client, _NAMES, graph)) == []


def test_query_dataset_default_graphs(client: httpx.Client) -> None:
    both = [("default-graph-uri", graph) for graph in (_BODIES, _SUPPORT)]
    union = _COUNT.replace("WHERE", f"FROM <{_BODIES}> FROM <{_SUPPORT}> WHERE")
    assert _number(_by_each_way(client, _COUNT, *both)) == _number(_by_each_way(client, union))


def test_query_dataset_named_graphs(client: httpx.Client) -> None:
    both = [("named-graph-uri", graph) for graph in (_BODIES, _SUPPORT)]
    assert _graphs(_by_each_way(client, _NAMES, *both)) == [_BODIES, _SUPPORT]
    # nor has the default graph anything that nobody asked for
    assert _number(_by_each_way(client, _COUNT, *both)) == 0


def test_query_dataset_full(client: httpx.Client) -> None:
    graphs = [("default-graph-uri", _BODIES), ("named-graph-uri", _SUPPORT)]
    assert _graphs(_by_each_way(client, _NAMES, *graphs)) == [_SUPPORT]
    alone = _by_each_way(client, _COUNT, ("default-graph-uri", _BODIES))
    assert _by_each_way(client, _COUNT, *graphs) == alone


def test_query_multiple_dataset(client: httpx.Client) -> None:
    """The dataset of the request wins over that of the query."""
    query = _COUNT.replace("WHERE", f"FROM <{_SUPPORT}> WHERE")
    graph = ("default-graph-uri", _BODIES)
    won = _number(_by_each_way(client, query, graph))
    assert won == _number(_by_each_way(client, _COUNT, graph)) != _number(_by_each_way(client, query))


def test_a_graph_that_there_is_not(client: httpx.Client) -> None:
    for name in ("default-graph-uri", "named-graph-uri"):
        response = client.get("/sparql", params={"query": "ASK {}", name: "http://example.org/none"})
        assert response.status_code == 400
        assert "there is no graph <http://example.org/none>" in response.text


@pytest.mark.parametrize(
    ("query", "types"),
    [
        ("SELECT ?s WHERE { ?s a unp:Treaty }", {_JSON}),
        ("ASK { ?s a unp:Treaty }", {_JSON}),
        ("DESCRIBE id:uncac", {"text/turtle; charset=utf-8"}),
        ("CONSTRUCT WHERE { ?s a unp:Treaty }", {"text/turtle; charset=utf-8"}),
    ],
)
def test_query_content_type(client: httpx.Client, query: str, types: set[str]) -> None:
    response = client.get("/sparql", params={"query": query})
    assert response.status_code == 200
    assert response.headers["content-type"] in types
    assert "accept" in response.headers["vary"].lower()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_bad_query_method(client: httpx.Client, method: str) -> None:
    response = client.request(method, "/sparql", params={"query": "ASK {}"})
    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}


@pytest.mark.parametrize(
    ("address", "content", "media_type"),
    [
        ("/sparql?query=ASK%7B%7D&query=SELECT%20*%7B%7D", None, None),
        ("/sparql", "query=ASK%7B%7D&query=SELECT%20*%7B%7D", _FORM),
        ("/sparql?query=ASK%7B%7D", "query=ASK%7B%7D", _FORM),
        ("/sparql?query=ASK%7B%7D", "ASK {}", _DIRECT),
    ],
)
def test_bad_multiple_queries(
    client: httpx.Client, address: str, content: str | None, media_type: str | None
) -> None:
    if content is None:
        response = client.get(address)
    else:
        response = client.post(address, content=content, headers={"Content-Type": media_type or ""})
    assert response.status_code == 400
    assert "one query" in response.text


@pytest.mark.parametrize("media_type", ["text/plain", "application/json", "multipart/form-data", "nonsense"])
def test_bad_query_wrong_media_type(client: httpx.Client, media_type: str) -> None:
    response = client.post("/sparql", content="ASK {}", headers={"Content-Type": media_type})
    assert response.status_code == 415
    assert media_type in response.text


@pytest.mark.parametrize("content", ["query=ASK%20%7B%7D", "ASK {}"])
def test_bad_query_missing_form_and_direct_type(client: httpx.Client, content: str) -> None:
    response = client.post("/sparql", content=content)
    assert response.status_code == 415
    assert "without a type" in response.text


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        ('SELECT ("é" AS ?x) {}'.encode("latin-1"), _DIRECT),
        ("ASK {}".encode("utf-16"), _DIRECT),
        (b"query=ASK%20%7B%22%FF%22%7D", _FORM),
        (b"query=ASK \xff", _FORM),
    ],
)
def test_bad_query_non_utf8(client: httpx.Client, content: bytes, media_type: str) -> None:
    response = client.post("/sparql", content=content, headers={"Content-Type": media_type})
    assert response.status_code == 400
    assert "not UTF-8" in response.text


def test_an_address_that_is_not_utf8(client: httpx.Client) -> None:
    response = client.get("/sparql?query=SELECT%20(%22%FF%22%20AS%20%3Fx)%20%7B%7D")
    assert (response.status_code, response.text) == (400, "The address is not UTF-8.\n")


def test_bad_query_syntax(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": "SELECT * WHERE {\n  ?s ?p }"})
    assert response.status_code == 400
    assert "line 2, column 9" in response.text


@pytest.mark.parametrize("query", ["", " ", "# nothing"])
def test_an_empty_query(client: httpx.Client, query: str) -> None:
    response = client.get("/sparql", params={"query": query})
    assert response.status_code == 400
    assert "the query is empty" in response.text


def test_a_post_without_a_query(client: httpx.Client) -> None:
    response = client.post("/sparql", content="other=1", headers={"Content-Type": _FORM})
    assert response.status_code == 400
    assert "there is no query" in response.text


_INSERT = "INSERT DATA { <urn:s> <urn:p> <urn:o> }"


@pytest.mark.parametrize(
    ("method", "address", "content", "media_type", "status"),
    [
        ("GET", f"/sparql?update={_INSERT}", "", "", 403),
        ("POST", "/sparql", f"update={_INSERT}", _FORM, 403),
        ("POST", "/sparql", f"update={_INSERT}&query=ASK{{}}", _FORM, 403),
        ("POST", "/sparql", _INSERT, "application/sparql-update", 403),
        ("POST", "/sparql", _INSERT, _DIRECT, 400),
        ("GET", f"/sparql?query={_INSERT}", "", "", 400),
        ("GET", "/sparql?query=DELETE WHERE { ?s ?p ?o }", "", "", 400),
        ("GET", "/sparql?query=LOAD <http://127.0.0.1:9/>", "", "", 400),
        ("GET", "/sparql?query=PREFIX a: <urn:a> CLEAR ALL", "", "", 400),
    ],
)
def test_updates_are_refused(
    client: httpx.Client, method: str, address: str, content: str, media_type: str, status: int
) -> None:
    headers = {"Content-Type": media_type} if media_type else {}
    response = client.request(method, address, content=content, headers=headers)
    assert response.status_code == status, response.text
    assert "change" in response.text
    assert not _answer(client.get("/sparql", params={"query": "ASK { <urn:s> ?p ?o }"}))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p ?o } FROM NAMED <http://127.0.0.1:9/> { ?s ?p ?o }",
    ],
)
def test_other_servers_are_refused(client: httpx.Client, query: str) -> None:
    response = client.post("/sparql", data={"query": query})
    assert response.status_code == 403
    assert "would reach another server" in response.text
    assert "--allow-network" not in response.text


def test_long_answers_are_cut_and_say_so(client: httpx.Client) -> None:
    query = "SELECT * {{ ?s ?p ?o }} LIMIT {}"
    all_of_them = client.get("/sparql", params={"query": query.format(50)})
    cut = client.get("/sparql", params={"query": query.format(51)})
    assert len(all_of_them.json()["results"]["bindings"]) == 50
    assert "x-rows-left-out" not in all_of_them.headers
    assert cut.json() == all_of_them.json()
    assert cut.headers["x-rows-left-out"] == "true"


def test_an_endless_join_is_cut(client: httpx.Client) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    response = client.get("/sparql", params={"query": query, "format": "tsv"})
    assert response.headers["x-rows-left-out"] == "true"
    assert response.text.count("\n") == 51


def test_head_is_get_without_a_body(client: httpx.Client) -> None:
    question = {"query": "SELECT ?t { ?t a unp:Treaty }"}
    head, get = client.head("/sparql", params=question), client.get("/sparql", params=question)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "content-length", "etag"):
        assert head.headers[name] == get.headers[name]


def test_scripts_of_other_pages_may_ask(client: httpx.Client) -> None:
    asked = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    allowed = client.options("/sparql", headers=asked)
    assert allowed.status_code == 200
    assert allowed.headers["access-control-allow-origin"] == "*"
    answer = client.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://example.org"})
    assert "X-Rows-Left-Out" in answer.headers["access-control-expose-headers"]


def test_no_query_is_asked_what_it_is(client: httpx.Client) -> None:
    response = client.get("/sparql")
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    assert f"<{client.base_url.join('/sparql')}> a sd:Service" in response.text
    assert f"sd:name <{_BODIES}>" in response.text


def test_both_kinds_of_post_and_get_agree_on_json(client: httpx.Client) -> None:
    (answer, *_) = _by_each_way(client, "SELECT ?t WHERE { ?t a unp:Treaty } ORDER BY ?t")
    assert answer["head"]["vars"] == ["t"]
    assert json.dumps(answer).count("https://w3id.org/unpact/id/") == len(answer["results"]["bindings"]) > 5


@pytest.mark.slow
@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?t ?label WHERE { ?t a unp:Treaty ; rdfs:label ?label } ORDER BY ?t ?label",
        "ASK { ?t a unp:Treaty }",
        "CONSTRUCT { ?t rdfs:label ?label } WHERE { ?t a unp:Treaty ; rdfs:label ?label }",
    ],
)
def test_unpact_itself_asks_it_as_any_service(client: httpx.Client, query: str) -> None:
    there = unpact.open(endpoint=str(client.base_url.join("/sparql"))).sparql(query).result
    here = unpact.open().sparql(query).result
    assert there.rows == here.rows != []
    assert (there.kind, there.variables) == (here.kind, here.variables)


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_graphs_cannot_be_written(client: httpx.Client, method: str) -> None:
    response = client.request(
        method, "/graph-store", params={"graph": _BODIES}, content="<urn:s> a <urn:o> ."
    )
    assert response.status_code == 405
    assert "GET" in response.headers["allow"]
