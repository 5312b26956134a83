from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from . import servers

if TYPE_CHECKING:
    from pathlib import Path

    from .servers import Server

httpx = pytest.importorskip("httpx", reason="the extra unpact[remote] is not installed")
pytestmark = pytest.mark.slow

GRAPH = "urn:test:servers"
TRIPLE = "<urn:s> <urn:p> 'o' ."


def _auth(server: Server) -> object:
    if server.user is None:
        return None
    kind = httpx.DigestAuth if server.digest else httpx.BasicAuth
    return kind(server.user, server.password)


def _written(server: Server) -> int:
    url, headers = server.store_url, {"Content-Type": "text/turtle"}
    return httpx.put(
        url, params={"graph": GRAPH}, content=TRIPLE, headers=headers, auth=_auth(server)
    ).status_code


def _holds_it(server: Server) -> bool:
    query = f"ASK {{ GRAPH <{GRAPH}> {{ <urn:s> <urn:p> 'o' }} }}"
    answer = httpx.post(
        server.query_url,
        data={"query": query},
        headers={"Accept": "application/sparql-results+json"},
        auth=None if server.digest else _auth(server),
    )
    return bool(answer.raise_for_status().json()["boolean"])


@pytest.mark.parametrize("name", [f"{name}_server" for name in servers.BEGIN])
def test_a_graph_is_written_read_and_removed(name: str, request: pytest.FixtureRequest) -> None:
    server: Server = request.getfixturevalue(name)
    assert not _holds_it(server)
    assert _written(server) in {200, 201, 204}
    assert _holds_it(server)
    assert httpx.delete(server.store_url, params={"graph": GRAPH}, auth=_auth(server)).is_success
    assert not _holds_it(server)


def test_a_read_only_fuseki_takes_nothing(tmp_path: Path) -> None:
    with servers.fuseki(tmp_path, read_only=True) as server:
        assert _written(server) in {403, 404, 405}
        assert not _holds_it(server)
    assert server.process.poll() is not None


def test_a_fuseki_with_a_password_wants_it(tmp_path: Path) -> None:
    with servers.fuseki(tmp_path, password="s3cr3t") as server:  # noqa: S106 - nobody's
        assert httpx.get(server.query_url, params={"query": "ASK {}"}).status_code == 401
        assert _written(server) in {200, 201, 204}
        assert _holds_it(server)


def test_a_store_on_disk_outlives_its_server(tmp_path: Path) -> None:
    with servers.fuseki(tmp_path, storage="tdb2") as server:
        assert _written(server) in {200, 201, 204}
        server.kill()
    with servers.fuseki(tmp_path, storage="tdb2") as server:
        assert _holds_it(server)


def test_a_virtuoso_that_is_open_to_all(tmp_path: Path) -> None:
    with servers.virtuoso(tmp_path, open_to_all=True) as server:
        assert _written(server) in {200, 201, 204}
        assert _holds_it(server)


def test_what_does_not_start_is_told_with_its_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jar = tmp_path / "jena-fuseki-server-0.jar"
    jar.write_bytes(b"no jar")
    monkeypatch.setenv(servers.FUSEKI_JAR, str(jar))
    with pytest.raises(RuntimeError, match=r"ended before it answered:\n.*jar"), servers.fuseki(tmp_path):
        pass
