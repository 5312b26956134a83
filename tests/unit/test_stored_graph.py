from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, RdfFormat, Store

from unpact.errors import QuerySyntaxError, StoreError, UsageError
from unpact.graph.stored import StoredGraph

if TYPE_CHECKING:
    from pathlib import Path

DATA = """
@prefix unp: <https://w3id.org/unpact/ontology#> . @prefix id: <https://w3id.org/unpact/id/> .
<urn:g1> { id:pakistan unp:name "Pakistan" , "in one graph" . }
<urn:g2> { id:pakistan unp:name "Pakistan" , "in the other" . }
{ id:unodc unp:name "UNODC" . }
"""
NAMES = "SELECT ?name { ?s unp:name ?name } ORDER BY ?name"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    store = Store(str(tmp_path / "store"))
    store.load(DATA, format=RdfFormat.TRIG)
    store.flush()
    del store
    return tmp_path / "store"


def names(graph: StoredGraph) -> set[str]:
    return {name.value for (name,) in graph.select(NAMES) if isinstance(name, Literal)}


def test_without_a_choice_the_default_graph_is_the_union_of_all(path: Path) -> None:
    graph = StoredGraph(path)
    assert names(graph) == {"Pakistan", "in one graph", "in the other", "UNODC"}
    assert graph.named_graphs() == ("urn:g1", "urn:g2")
    assert len(graph) == 5
    assert graph.name == str(path)


def test_graphs_can_be_chosen_and_from_wins(path: Path) -> None:
    graph = StoredGraph(path, default_graph=["urn:g1"])
    assert names(graph) == {"Pakistan", "in one graph"}
    assert names(graph.over(["urn:g2"])) == {"Pakistan", "in the other"}
    assert graph.named_graphs() == ("urn:g1",)
    assert not graph.ask("ASK { GRAPH <urn:g2> { ?s ?p ?o } }")
    assert graph.ask("ASK FROM <urn:g2> { ?s ?p 'in the other' }")
    assert len(list(graph.construct("CONSTRUCT WHERE { ?s ?p ?o }"))) == 2


@pytest.mark.parametrize("chosen", [[], ["urn:g1"]])
def test_a_query_that_does_not_parse_has_its_line(path: Path, chosen: list[str]) -> None:
    with pytest.raises(QuerySyntaxError) as raised:
        StoredGraph(path, default_graph=chosen).query("SELECT *\nWHERE { ?s unp:name }")
    assert raised.value.line == 2


def test_a_path_that_is_missing_or_no_store(tmp_path: Path) -> None:
    (tmp_path / "file.ttl").write_text("", encoding="utf-8")
    for path, message in (("none", "no such directory"), ("file.ttl", "no store"), (".", "no store")):
        with pytest.raises(UsageError, match=message) as raised:
            StoredGraph(tmp_path / path)
        assert raised.value.exit_code == 2
        assert raised.value.where == str(tmp_path / path)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file.ttl"]


def test_a_store_that_is_damaged(path: Path) -> None:
    for each in path.glob("MANIFEST-*"):
        each.write_bytes(b"nothing")
    with pytest.raises(StoreError, match="cannot be read") as raised:
        StoredGraph(path)
    assert raised.value.exit_code == 3


@pytest.mark.skipif(sys.platform == "win32", reason="the lock is one of POSIX")
def test_a_store_that_another_process_writes_to(path: Path) -> None:
    code = "import sys, pyoxigraph; store = pyoxigraph.Store(sys.argv[1]); print('open', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        with pytest.raises(StoreError, match="another process") as raised:
            StoredGraph(path)
        assert raised.value.exit_code == 3
        writer.communicate(b"\n")
    assert len(StoredGraph(path)) == 5


def test_the_store_is_not_changed_and_can_be_read_twice_at_once(path: Path) -> None:
    first, second = StoredGraph(path), StoredGraph(path)
    assert names(first) == names(second)
    with pytest.raises(RuntimeError, match="read-write"):
        first.store.update("DELETE WHERE { ?s ?p ?o }")
