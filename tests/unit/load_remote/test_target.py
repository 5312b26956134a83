from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from unpact.errors import UsageError
from unpact.graph.address import Credentials
from unpact.load.remote import PROFILES, Target

if TYPE_CHECKING:
    from pathlib import Path

HOST = "http://h.example:81"


@pytest.mark.parametrize(
    ("profile", "named", "query", "update", "data"),
    [
        ("fuseki", "/ds", "/ds/sparql", "/ds/update", "/ds/data"),
        ("fuseki", "/ds/", "/ds/sparql", "/ds/update", "/ds/data"),
        ("fuseki", "/ds/query", "/ds/query", "/ds/update", "/ds/data"),
        ("fuseki", "/data", "/data/sparql", "/data/update", "/data/data"),
        ("virtuoso", "", "/sparql", "/sparql-auth", "/sparql-graph-crud-auth"),
        ("virtuoso", "/sparql", "/sparql", "/sparql-auth", "/sparql-graph-crud-auth"),
        ("virtuoso", "/sparql-auth", "/sparql-auth", "/sparql-auth", "/sparql-graph-crud-auth"),
        *(
            (
                name,
                "/repositories/r",
                "/repositories/r",
                "/repositories/r/statements",
                "/repositories/r/rdf-graphs/service",
            )
            for name in ("graphdb", "rdf4j")
        ),
        ("oxigraph", "", "/query", "/update", "/store"),
        ("oxigraph", "/query", "/query", "/update", "/store"),
        ("neptune", "", "/sparql", "/sparql", "/sparql/gsp/"),
        ("neptune", "/sparql", "/sparql", "/sparql", "/sparql/gsp/"),
        ("generic", "/any", "/any", "/any", "/any"),
    ],
)
def test_the_addresses_follow_from_the_one_named(
    profile: str, named: str, query: str, update: str, data: str
) -> None:
    target = Target(HOST + named, profile)
    assert (target.query.url, target.update.url, target.data.url) == (
        HOST + query,
        HOST + update,
        HOST + data,
    )


def test_addresses_that_are_given_stand() -> None:
    target = Target(f"{HOST}/q", "fuseki", update=f"{HOST}/u", data=f"{HOST}/d?x=1")
    assert (target.update.url, target.data.url) == (f"{HOST}/u", f"{HOST}/d?x=1")


def test_addresses_of_two_servers_are_refused() -> None:
    with pytest.raises(UsageError, match=r"http://other\.example/u is not on the server of"):
        Target(HOST, update="http://other.example/u")


def test_an_unknown_profile_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError) as raised:
        Target(HOST, "stardog")
    assert all(name in str(raised.value) for name in PROFILES)


class TestNetrc:
    def written(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
        path = tmp_path / "netrc"
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        monkeypatch.setenv("NETRC", str(path))

    def test_names_the_host(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.written(tmp_path, monkeypatch, "machine h.example login ann password secret")
        assert Target(HOST).credentials == Credentials("ann", "secret")

    def test_of_other_hosts_is_not_used(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.written(tmp_path, monkeypatch, "machine i.example login a password b default login c password d")
        assert Target(HOST).credentials == Credentials()

    def test_comes_after_the_environment(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.written(tmp_path, monkeypatch, "machine h.example login ann password secret")
        monkeypatch.setenv("UNPACT_ENDPOINT_TOKEN", "token")
        assert Target(HOST).credentials == Credentials(token="token")  # noqa: S106 - nobody's

    def test_that_cannot_be_read_says_which_line(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.written(tmp_path, monkeypatch, "machine h.example\nlogin ann secret")
        with pytest.raises(UsageError, match="netrc:") as raised:
            Target(HOST)
        assert "secret" not in str(raised.value)
