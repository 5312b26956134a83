from __future__ import annotations

import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store

from unpact.errors import QuerySyntaxError, StoreError, UsageError
from unpact.graph.interface import Solutions
from unpact.names import ID, UNP

from ..servers.sparql_server import Reply, from_store, in_turn, serving  # noqa: TID252 - test folders are no packages

pytest.importorskip("httpx", reason="the extra unpact[remote] is not installed")

from unpact.graph.remote import RemoteGraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..servers.sparql_server import Asked, SparqlServer  # noqa: TID252

DATA = f"""
<urn:g1> {{
  <{ID}pakistan> a <{UNP}State> ; <{UNP}number> "01"^^<http://www.w3.org/2001/XMLSchema#byte> .
  <{ID}unodc> <{UNP}partner> <{ID}pakistan> , [ <{UNP}name> "somebody"@en ] .
}}
<urn:g2> {{ <{ID}pakistan> a <{UNP}State> ; <{UNP}name> "Pakistan" . }}
"""
RESULTS = "application/sparql-results+json"
YES = Reply(b'{"head": {}, "boolean": true}', RESULTS)
SECRET = "s3cr3t-Wort"  # noqa: S105 - nobody's


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USER", "PASSWORD", "TOKEN"):
        monkeypatch.delenv(f"UNPACT_ENDPOINT_{name}", raising=False)
    monkeypatch.setattr("unpact.graph.service._PAUSE", 0.001)


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    store.load(DATA, format=RdfFormat.TRIG)
    return store


@pytest.fixture(scope="module")
def server(store: Store) -> Iterator[SparqlServer]:
    with serving(from_store(store, union=True)) as running:
        yield running


def always(reply: Reply) -> object:
    return lambda _: reply


def _asked(graph: RemoteGraph, text: str) -> None:
    answer = graph.query(text)
    if not isinstance(answer, bool):
        list(answer)


def failure(graph: RemoteGraph, text: str = "ASK { ?s ?p ?o }") -> StoreError:
    with pytest.raises(StoreError) as raised:
        _asked(graph, text)
    assert raised.value.exit_code == 3
    assert SECRET not in str(raised.value)
    assert raised.value.__cause__ is None
    return raised.value


@pytest.mark.parametrize("results", ["json", "xml"])
def test_select_gives_variables_and_terms_as_they_are_written(store: Store, results: str) -> None:
    with serving(from_store(store, union=True, results=results)) as server:
        found = RemoteGraph(server.url).select(
            "SELECT DISTINCT ?name ?none ?type { ?s unp:name ?name ; a ?type }"
        )
        assert found.variables == ("name", "none", "type")
        assert list(found) == [(Literal("Pakistan"), None, NamedNode(UNP + "State"))]


def test_ask_and_construct(server: SparqlServer) -> None:
    graph = RemoteGraph(server.url)
    assert graph.ask("ASK { id:pakistan a unp:State }") is True
    assert graph.ask("ASK { id:pakistan a unp:Treaty }") is False
    triples = list(graph.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(isLITERAL(?o)) }"))
    assert len(triples) == 3
    with pytest.raises(UsageError, match="SELECT query is needed"):
        graph.select("ASK { ?s ?p ?o }")


def test_a_query_is_posted_as_a_form_that_accepts_more_than_one_format(server: SparqlServer) -> None:
    text = "SELECT * { ?s a unp:State }"
    list(RemoteGraph(server.url).select(text))
    asked = server.asked[-1]
    assert asked.method == "POST"
    assert asked.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert asked.query == f"PREFIX unp: <{UNP}> {text}"
    assert asked.headers["Accept"].count("application/sparql-results+") == 2
    assert "Authorization" not in asked.headers


def test_the_default_graph_can_be_chosen_and_from_wins(server: SparqlServer) -> None:
    graph = RemoteGraph(server.url, default_graph=["urn:g2"])
    assert not graph.ask("ASK { ?s unp:partner ?o }")
    assert graph.ask("ASK { GRAPH <urn:g2> { ?s unp:name ?o } }")
    assert graph.ask("ASK FROM <urn:g1> { ?s unp:partner ?o }")
    assert graph.named_graphs() == ("urn:g2",)
    assert graph.over(()).named_graphs() == ("urn:g1", "urn:g2")


def test_blank_nodes_of_two_answers_are_never_the_same(server: SparqlServer) -> None:
    graph = RemoteGraph(server.url)
    text = "SELECT ?one ?two { ?s unp:partner ?one . BIND(?one AS ?two) FILTER(isBLANK(?one)) }"
    (first,), (second,) = list(graph.select(text)), list(graph.select(text))
    assert isinstance(first[0], BlankNode)
    assert first[0] == first[1]
    assert second[0] not in first


@pytest.mark.slow
def test_a_query_that_nobody_can_read_is_a_syntax_error_with_its_line(server: SparqlServer) -> None:
    with pytest.raises(QuerySyntaxError) as raised:
        RemoteGraph(server.url).query("SELECT *\nWHERE { ?s unp:name }")
    assert raised.value.line == 2
    for update in ("INSERT DATA { <urn:a> <urn:b> 1 }", "hello"):
        number = len(server.asked)
        with pytest.raises((QuerySyntaxError, UsageError)):
            RemoteGraph(server.url).query(update)
        assert len(server.asked) == number


def test_a_query_that_only_the_service_refuses_says_so() -> None:
    with serving(always(Reply(b"Parse error:\n no \x1b[31mMAGIC here.", status=400))) as server:
        error = failure(RemoteGraph(server.url))
    assert str(error) == f"{server.url}: the service refuses the query: Parse error: no [31mMAGIC here"
    assert len(server.asked) == 1


def test_a_gateway_without_an_answer_is_asked_again() -> None:
    replies = Reply(status=502), Reply(status=0)
    with serving(in_turn(*replies, then=always(YES))) as server:
        assert RemoteGraph(server.url).ask("ASK { ?s ?p ?o }")
    assert len(server.asked) == 3


def test_three_times_without_an_answer_is_enough() -> None:
    with serving(always(Reply(b"<html>busy</html>", "text/html", 503))) as server:
        error = failure(RemoteGraph(server.url))
    assert len(server.asked) == 3
    assert "503 Service Unavailable" in str(error)
    assert "html" not in str(error)


def test_what_the_service_itself_says_is_final() -> None:
    with serving(in_turn(Reply(b"out of memory", status=500), then=always(YES))) as server:
        error = failure(RemoteGraph(server.url))
    assert len(server.asked) == 1
    assert "500 Internal Server Error: out of memory" in str(error)


@pytest.mark.parametrize(
    ("status", "hint"), [(401, "UNPACT_ENDPOINT_TOKEN"), (404, "/sparql"), (405, "POST"), (429, "Wait")]
)
def test_a_refusal_says_what_to_try(status: int, hint: str) -> None:
    with serving(always(Reply(status=status))) as server:
        error = failure(RemoteGraph(server.url))
    assert str(status) in error.message
    assert hint in str(error.hint)
    assert error.where == server.url


def test_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/sparql"
        error = failure(RemoteGraph(url))
    assert error.where == url
    assert "cannot be reached" in str(error)


@pytest.mark.parametrize(
    "text", ["ASK { ?s ?p ?o }", "SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"]
)
@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"<html>Welcome</html>", "text/html; charset=utf-8"),
        Reply(b"a,b\n1,2\n", "text/csv"),
        Reply(b"<html>", RESULTS),
        Reply(b"", RESULTS),
        Reply(b"<html>", "text/turtle"),
        Reply(status=204, type="text/plain"),
    ],
)
def test_a_body_that_is_no_result(reply: Reply, text: str) -> None:
    with serving(always(reply)) as server:
        error = failure(RemoteGraph(server.url), text)
    assert "which is not" in str(error)
    assert error.where == server.url


def test_an_answer_that_breaks_off_is_no_answer(server: SparqlServer) -> None:
    body = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"urn:a"}},'
    with serving(always(Reply(body, RESULTS, cut_short=True))) as broken:
        rows = RemoteGraph(broken.url).query("SELECT ?s { ?s ?p ?o }")
        assert isinstance(rows, Solutions)
        assert next(rows) == (NamedNode("urn:a"),)
        with pytest.raises(StoreError, match="broke off"):
            list(rows)
    assert server.url != broken.url


@pytest.mark.parametrize(
    "reply",
    [
        YES._replace(status=206),
        YES._replace(headers=(("X-SQL-State", "S1TAT"),)),
        Reply(
            b'{"head":{"vars":["s"]},"results":{"bindings":[{},{}]}}',
            RESULTS,
            headers=(("X-SPARQL-MaxRows", "2"),),
        ),
    ],
)
def test_a_part_of_an_answer_does_not_pass_for_all_of_it(reply: Reply) -> None:
    with serving(always(reply)) as server:
        assert "in part" in (told := str(failure(RemoteGraph(server.url), "SELECT ?s { }"))) or "cuts" in told


def test_a_slow_answer_ends_when_its_time_is_over() -> None:
    def slow(_: Asked) -> Reply:
        time.sleep(0.4)
        return YES

    with serving(slow) as server:
        error = failure(RemoteGraph(server.url, timeout=0.1))
    assert "did not answer within 0.1 seconds" in str(error)
    assert len(server.asked) == 1


@pytest.mark.slow
def test_a_redirect_is_followed_on_the_same_server_only(server: SparqlServer) -> None:
    moved = Reply(status=302, headers=(("Location", "/new"),))
    with serving(in_turn(moved, then=always(YES))) as there:
        assert RemoteGraph(there.url).ask("ASK { ?s ?p ?o }")
    assert [(each.method, each.path) for each in there.asked] == [("POST", "/sparql"), ("POST", "/new")]
    assert there.asked[1].query == "ASK { ?s ?p ?o }"
    number = len(server.asked)
    with serving(always(moved._replace(headers=(("Location", server.url),)))) as elsewhere:
        error = failure(RemoteGraph(elsewhere.url))
    assert server.url in str(error)
    assert len(server.asked) == number
    with serving(always(moved)) as circle:
        failure(RemoteGraph(circle.url))
    assert len(circle.asked) < 10
    with serving(
        always(moved._replace(headers=(("Location", f"http://u:{SECRET}@127.0.0.1/"),)))
    ) as unusable:
        failure(RemoteGraph(unusable.url))


@pytest.mark.slow
def test_credentials_come_from_the_environment_and_are_never_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def echo(asked: Asked) -> Reply:
        return Reply(f"who is {asked.headers['Authorization']}, {SECRET}?".encode(), status=403)

    with serving(echo) as server:
        monkeypatch.setenv("UNPACT_ENDPOINT_TOKEN", SECRET)
        assert "who is Bearer …, …?" in str(failure(RemoteGraph(server.url + f"?key={SECRET}")))
        assert server.asked[-1].path == f"/sparql?key={SECRET}"
        monkeypatch.delenv("UNPACT_ENDPOINT_TOKEN")
        monkeypatch.setenv("UNPACT_ENDPOINT_USER", "me")
        with pytest.raises(UsageError, match="UNPACT_ENDPOINT_PASSWORD is not"):
            RemoteGraph(server.url)
        monkeypatch.setenv("UNPACT_ENDPOINT_PASSWORD", SECRET)
        assert "who is Basic …, …?" in str(failure(RemoteGraph(server.url)))
        monkeypatch.setenv("UNPACT_ENDPOINT_TOKEN", SECRET)
        with pytest.raises(UsageError, match="both set"):
            RemoteGraph(server.url)


def test_a_token_that_no_header_can_carry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNPACT_ENDPOINT_TOKEN", f"{SECRET}\nX-Evil: 1")
    with pytest.raises(UsageError) as raised:
        RemoteGraph("http://127.0.0.1:9/")
    assert SECRET not in str(raised.value)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "sparql",
        "ftp://example.org/",
        "http://",
        f"http://me:{SECRET}@example.org/",
        f"http://me:{SECRET}/",
        "http://a b/",
    ],
)
def test_an_address_that_cannot_be_meant(url: str) -> None:
    with pytest.raises(UsageError) as raised:
        RemoteGraph(url)
    assert SECRET not in str(raised.value)


def test_without_httpx_a_sentence_says_what_to_type() -> None:
    code = """if True:
        import sys
        sys.modules["httpx"] = None
        from unpact.errors import UsageError
        from unpact.graph.remote import RemoteGraph
        try:
            RemoteGraph("http://127.0.0.1:9/")
        except UsageError as error:
            print(error)
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install 'unpact[remote]'" in done.stdout


@pytest.mark.slow
def test_rows_are_read_while_they_come_in() -> None:
    store = Store()
    store.extend(Quad(NamedNode(f"urn:{n}"), NamedNode("urn:p"), Literal("x" * 100)) for n in range(5000))
    with serving(from_store(store)) as server:
        graph = RemoteGraph(server.url)
        rows = graph.select("SELECT ?s ?o { ?s ?p ?o }")
        next(rows)
        assert graph.ask("ASK { ?s ?p ?o }")
        assert len(list(rows)) == 4999
        graph.close()
