"""The committed rows: what is written, what changes, and what is removed."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, Store

from unpact.graph.memory import MemoryGraph
from unpact.graph.rdflib_engine import RdflibGraph
from unpact.query.catalogue import Catalogue
from unpact.query.expected import expected_rows, update

TEXT = """\
#+ title: Acts
#+ description: Which acts are there?
#+ keywords: [acts]
#+ columns: {act: the act, date: its date, label: the state}
#+ examples: [{}]
SELECT ?act ?date ?label WHERE {
  ?act a unp:Act ; unp:actor ?state .
  ?state rdfs:label ?label . FILTER(LANG(?label) = "ar" || ?state = id:iran)
  OPTIONAL { ?act unp:date ?date }
}
ORDER BY ?act
"""


def _graph() -> MemoryGraph:
    store = Store()
    store.load(path=str(Path(__file__).with_name("query_world.trig")), format=RdfFormat.TRIG)
    return MemoryGraph(store)


def test_written_updated_and_removed(tmp_path: Path) -> None:
    path = tmp_path / "queries" / "acts" / "all.rq"
    path.parent.mkdir(parents=True)
    path.write_text(TEXT, encoding="utf-8")
    folder = tmp_path / "tests"
    stale = folder / "acts" / "all" / "1.tsv"
    stale.parent.mkdir(parents=True)
    stale.write_text("?x\n")
    wanted = dict(expected_rows(_graph(), Catalogue([path]), folder))
    file = folder / "acts" / "all" / "0.tsv"
    assert list(wanted) == [file]
    assert update(folder, wanted) == [f"new  {file}", f"removed  {stale}"]
    assert update(folder, wanted) == []
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    assert rows[0] == ["?act", "?date", "?label"]
    assert rows[1][1] == '"2007-08-31"^^<http://www.w3.org/2001/XMLSchema#date>'
    assert rows[1][2] == '"باكستان"@ar'
    assert rows[3] == ["<https://w3id.org/unpact/id/act-3>", "", '"Iran"@en']
    file.write_text("?x\n")
    assert update(folder, wanted) == [f"changed  {file}"]


def test_both_engines_write_the_same(tmp_path: Path) -> None:
    path = tmp_path / "acts" / "all.rq"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    graph = _graph()
    one, other = (
        dict(expected_rows(engine, Catalogue([path]), tmp_path))
        for engine in (graph, RdflibGraph.copy_of(graph))
    )
    assert one == other
