"""unpact load --endpoint, typed: what is said, which code, and what is then in the service."""

from __future__ import annotations

import csv
import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from click.testing import CliRunner, Result

import unpact
from unpact.cli.main import command_line

from .fake_service import BASE, Asked, Service

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MINE = "https://w3id.org/unpact/graph/user/mine"


@pytest.fixture(autouse=True)
def _no_network(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    client = httpx.Client

    def without_network(**options: Any) -> httpx.Client:  # noqa: ANN401 - as httpx takes them
        return client(**{**options, "transport": service.transport})

    monkeypatch.setattr("httpx.Client", without_network)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.ttl"
    path.write_text("<urn:a> <urn:p> 1 , [ <urn:p> 2 ] .", encoding="utf-8")
    return path


def load(*arguments: object) -> Result:
    words = ["load", *map(str, arguments), "--endpoint", BASE, "--only-data", "--what", "data"]
    return CliRunner().invoke(command_line, words)


def test_a_file_is_loaded_planned_and_loaded_again(service: Service, mine: Path) -> None:
    planned = load(mine, "--profile", "fuseki", "--dry-run", "-f", "csv")
    assert planned.exit_code == 0, planned.stderr
    rows = list(csv.DictReader(io.StringIO(planned.stdout)))
    assert rows == [{"graph": MINE, "here": "3", "there": "0", "add": "3", "remove": "0"}]
    assert MINE not in service.graphs()
    done = load(mine, "--profile", "fuseki")
    assert (done.exit_code, done.stdout) == (0, "")
    assert f"3 triples in 1 graphs are in {BASE}/sparql (3 sent" in done.stderr
    assert service.graphs()[MINE] == 3
    assert service.graphs()["urn:g:others"] == 1
    changes = len([each for each in service.asked if each.path != "/ds/sparql"])
    again = load(mine, "--profile", "fuseki")
    assert "holds these 3 triples in 1 graphs already" in again.stderr
    assert len([each for each in service.asked if each.path != "/ds/sparql"]) == changes


def test_what_is_no_longer_named_goes_and_others_stay(service: Service, mine: Path, tmp_path: Path) -> None:
    load(mine, "--profile", "fuseki")
    other = tmp_path / "other.ttl"
    other.write_text("<urn:a> <urn:p> 3 .", encoding="utf-8")
    done = load(other, "--profile", "fuseki")
    assert "1 graphs removed" in done.stderr
    assert MINE not in service.graphs()
    assert service.graphs()["urn:g:others"] == 1


def test_the_kind_of_the_service_is_what_it_says(service: Service, mine: Path) -> None:
    service.before = lambda asked: (
        httpx.Response(200, json={"head": {}, "boolean": True}, headers=FUSEKI)
        if "ASK" in asked.body.decode() and asked.path == "/ds"
        else None
    )
    done = load(mine)
    assert done.exit_code == 0, done.stderr
    assert {each.path for each in service.asked} >= {"/ds", "/ds/sparql", "/ds/update", "/ds/data"}


FUSEKI = {"Server": "Apache Jena Fuseki", "Content-Type": "application/sparql-results+json"}


def test_a_service_that_says_no_is_told_in_a_sentence(service: Service, mine: Path) -> None:
    def refuse(asked: Asked) -> httpx.Response | None:
        return httpx.Response(403, text="read-only") if asked.path != "/ds/sparql" else None

    service.before = refuse
    done = load(mine, "--profile", "fuseki")
    assert done.exit_code == 3
    assert done.stderr.count("\n") == 1
    assert "403" in done.stderr
    assert service.graphs() == {"urn:g:others": 1}


def test_a_malformed_file_is_refused_before_anything_is_sent(service: Service, tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text("<urn:a> <urn:p> .", encoding="utf-8")
    done = load(bad, "--profile", "fuseki")
    assert done.exit_code == 2
    assert "bad.ttl:1:" in done.stderr
    assert {each.path for each in service.asked} <= {"/ds/sparql"}


def test_a_full_temporary_folder_is_told_before_anything_is_sent(
    service: Service, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resource = pytest.importorskip("resource", reason="this system has no limit for the size of a file")
    mine.write_text("".join(f"<urn:a> <urn:p> {number} .\n" for number in range(1_000)), encoding="utf-8")
    # as for a large file, which memory would not hold
    monkeypatch.setattr("unpact.load.remote.distinct_lines._IN_MEMORY", 10)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        done = load(mine, "--profile", "fuseki")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert done.exit_code == 3
    assert done.stderr.count("\n") == 1
    assert "cannot keep what is loaded" in done.stderr
    assert "TMPDIR" in done.stderr
    assert {each.path for each in service.asked} <= {"/ds/sparql"}
    assert load(mine, "--profile", "fuseki").exit_code == 0
    assert service.graphs()[MINE] == 1_000


def test_bars_show_how_much_is_read_and_sent(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: dict[str, tuple[int, list[int]]] = {}

    @contextmanager
    def bar(total: int, label: str, _: int) -> Iterator[Callable[[int], None]]:
        steps: list[int] = []
        shown[label] = total, steps
        yield steps.append

    monkeypatch.setattr("unpact.cli.load_remote.bar", bar)
    assert load(mine, "--profile", "fuseki").exit_code == 0
    assert list(shown) == ["reading", "sending"]
    size, read = shown["reading"]
    assert sum(read) >= size == mine.stat().st_size
    triples, sent = shown["sending"]
    assert sum(sent) == triples == 3


def test_from_python(service: Service, mine: Path) -> None:
    held = unpact.load_into(mine, endpoint=BASE, profile="fuseki", what=["data"], only_data=True)
    assert held == {MINE: 3}
    assert service.graphs()[MINE] == 3
