"""Loading into real services: what arrives is what was sent, whatever happens on the way."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("httpx", reason="the extra unpact[remote] is not installed")

import httpx
from pyoxigraph import Store

from unpact.corpus import bundled
from unpact.errors import StoreError
from unpact.graph.address import Credentials
from unpact.graph.remote import RemoteGraph
from unpact.graph.view import build_view
from unpact.load.remote import Target, plan_of, push
from unpact.load.remote.content import Content, graphs_of
from unpact.names import DATASET, DCTERMS, MANIFEST_GRAPH

from . import servers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from unpact.load.remote import Progress
    from unpact.load.remote.pushing import Outcome

    from .servers import Server

pytestmark = pytest.mark.slow

ADD_OTHERS = "INSERT DATA { GRAPH <urn:others> { <urn:o> <urn:p> 1 , 2 } }"
COUNTS = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
PROGRAMMES = "https://w3id.org/unpact/graph/data/article/programmes"


@pytest.fixture(scope="module")
def best() -> Content:
    """All that unpact knows: 48 graphs, 17 of them with blank nodes."""
    return Content(graphs_of(build_view(bundled()).store), "b" * 64, "best", {})


@pytest.fixture(scope="module")
def article() -> Content:
    return Content(graphs_of(build_view(bundled(), "article").store), "a" * 64, "article", {})


@pytest.fixture(params=[f"{name}_server" for name in servers.BEGIN])
def server(request: pytest.FixtureRequest) -> Server:
    running: Server = request.getfixturevalue(request.param)
    _empty(running)
    return running


def _target(server: Server, password: str | None = None) -> Target:
    known = Credentials(server.user, password or server.password) if server.user else Credentials()
    return Target(server.query_url, server.kind, credentials=known, timeout=120)


def _update(server: Server, text: str) -> None:
    kind = httpx.DigestAuth if server.digest else httpx.BasicAuth
    auth = kind(server.user, server.password) if server.user else None
    httpx.post(server.update_url, data={"update": text}, auth=auth, timeout=120).raise_for_status()


def _empty(server: Server) -> None:
    _update(server, " ; ".join(f"DROP SILENT GRAPH <{graph}>" for graph in _there(server)) or ADD_OTHERS)


def _there(server: Server) -> dict[str, int]:
    """The size of every graph but those that the server itself has."""
    with_sizes = RemoteGraph(server.query_url).select(COUNTS)
    ours = ("https://w3id.org/unpact/", "urn:")
    return {graph.value: int(size.value) for graph, size in with_sizes if graph.value.startswith(ours)}


def _here(content: Content) -> dict[str, int]:
    return {graph: text.triples for graph, text in content.graphs.items()}


def _load(content: Content, target: Target, report: Callable[[Progress], None] = lambda _: None) -> Outcome:
    return push(content, target, plan_of(content, target), report=report)


def _holds(server: Server, content: Content) -> bool:
    there = _there(server)
    there.pop("urn:others", None)
    return there.pop(MANIFEST_GRAPH, 0) > 0 and there == _here(content)


def test_every_graph_arrives_whole_and_a_second_load_changes_nothing(
    server: Server, best: Content, article: Content
) -> None:
    _update(server, ADD_OTHERS)
    target = _target(server)
    _load(best, target)
    assert _holds(server, best)
    assert plan_of(best, target).done
    # and so does another view, in which some graphs are the same, some others and some gone
    plan = plan_of(article, target)
    assert 0 < len(plan.to_send) < len(_here(article))
    assert plan.to_drop
    push(article, target, plan)
    assert _holds(server, article)
    assert _there(server)["urn:others"] == 2
    key = f"SELECT ?key {{ GRAPH <{MANIFEST_GRAPH}> {{ <{DATASET}> <{DCTERMS}identifier> ?key }} }}"
    assert [row[0].value for row in RemoteGraph(server.query_url).select(key)] == [article.key]


def test_blank_nodes_stay_together(server: Server, best: Content) -> None:
    _load(best, _target(server))
    query = """
    PREFIX owl: <http://www.w3.org/2002/07/owl#>
    SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g {
      ?axiom owl:annotatedSource ?s ; owl:annotatedProperty ?p ; owl:annotatedTarget ?o } }
    """
    expected = [row["n"].value for row in build_view(bundled()).store.query(query)]
    assert [row[0].value for row in RemoteGraph(server.query_url).select(query)] == expected


def _running(kind: str, folder: Path) -> servers.Server:
    return servers.virtuoso(folder) if kind == "virtuoso" else servers.fuseki(folder, storage="tdb2")


@pytest.mark.parametrize("kind", ["fuseki", "virtuoso"])
@pytest.mark.parametrize("moment", ["sending", "moving"])
def test_a_server_that_is_killed_has_the_old_and_takes_the_rest_when_it_is_back(
    kind: str,
    moment: str,
    tmp_path: Path,
    best: Content,
    article: Content,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("unpact.load.remote.client.TRIES", 2)
    with _running(kind, tmp_path) as server:
        _load(article, _target(server))
        if kind == "virtuoso":
            # what it has not written to its files yet is lost with it
            servers.isql(server, "checkpoint;")

        def kill(progress: Progress) -> None:
            if progress.step == moment and progress.triples * 2 > progress.triples_total:
                # the move itself takes about a second
                delay = 0.3 if moment == "moving" else 0
                threading.Timer(delay, server.kill).start()

        with pytest.raises(StoreError) as raised:
            _load(best, _target(server), kill)
        assert raised.value.exit_code == 3
    # as it is when the time of the first load is over
    monkeypatch.setattr("unpact.load.remote.lock.is_over", lambda _: True)
    with _running(kind, tmp_path) as server:
        there = {graph: size for graph, size in _there(server).items() if "/staged/" not in graph}
        there.pop(MANIFEST_GRAPH)
        assert there in (_here(article), _here(best))
        _load(best, _target(server))
        assert _holds(server, best)


def test_a_wrong_password(tmp_path: Path, virtuoso_server: Server, article: Content) -> None:
    secret = "s3cr3t-Wort"  # noqa: S105 - nobody's
    _empty(virtuoso_server)
    _update(virtuoso_server, ADD_OTHERS)
    with servers.fuseki(tmp_path, password="right") as guarded:  # noqa: S106 - nobody's
        for server in (guarded, virtuoso_server):
            before = None if server is guarded else _there(server)
            with pytest.raises(StoreError, match="does not accept this user and password") as raised:
                _load(article, _target(server, secret))
            assert secret not in str(raised.value)
            assert before is None or _there(server) == before
        _load(article, _target(guarded))
        assert plan_of(article, _target(guarded)).done


def test_a_dataset_that_may_only_be_read(tmp_path: Path, article: Content) -> None:
    with servers.fuseki(tmp_path, read_only=True) as server:
        with pytest.raises(StoreError, match="may be written to") as raised:
            _load(article, _target(server))
        assert raised.value.exit_code == 3
        assert _there(server) == {}


def test_equal_values_that_virtuoso_merges_are_no_loss(virtuoso_server: Server) -> None:
    _empty(virtuoso_server)
    store = Store()
    store.update("""
    PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    INSERT DATA { GRAPH <urn:numbers> {
      <urn:a> <urn:p> 1 , "01"^^xsd:integer , 1.0 , true , "1"^^xsd:gYear , 2 } }
    """)
    content = Content(graphs_of(store), "c" * 64, "data", {})
    target = _target(virtuoso_server)
    _load(content, target)
    assert _there(virtuoso_server)["urn:numbers"] == 3
    assert plan_of(content, target).done
