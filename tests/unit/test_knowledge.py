from __future__ import annotations

import builtins
import io
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import rdflib

import unpact
from unpact.errors import DataSyntaxError, QueryTimeout, UnknownNameError, UsageError
from unpact.names import ID, UNP

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "@prefix unp: <https://w3id.org/unpact/ontology#> .\n@prefix id: <https://w3id.org/unpact/id/> .\n"
STATES = """SELECT ?state ?label {
    ?state a unp:State ; rdfs:label ?label FILTER(LANG(?label) = 'en')
} ORDER BY ?label"""


@pytest.fixture(scope="module")
def knowledge() -> unpact.Knowledge:
    return unpact.open()


def test_a_stored_query_gives_rows_of_python_values(knowledge: unpact.Knowledge) -> None:
    rows = knowledge.query("party-status", state="Pakistan")
    assert len(rows) > 0
    first = rows[0]
    assert first.instrument.startswith(ID)
    assert first.instrument.label not in (first.instrument, first.instrument.local_name)
    assert first["instrument"] == first.instrument == first[rows.columns.index("instrument")]
    assert {row.instrument for row in rows} >= {ID + "uncac", ID + "untoc"}


@pytest.mark.slow
def test_things_are_accepted_by_any_of_their_names(knowledge: unpact.Knowledge) -> None:
    by_name = knowledge.query("party-status", state="pakistan")
    assert list(by_name) == list(knowledge.query("treaties/party-status", state="id:pakistan"))
    assert list(by_name) == list(knowledge.query("party-status", state=ID + "pakistan"))


@pytest.mark.slow
def test_an_answer_is_about_a_day(knowledge: unpact.Knowledge) -> None:
    answer = knowledge.query("memberships", body="CND", as_of="2023")
    assert (answer.as_of, answer[0].when) == ("2023", "current")
    assert knowledge.query("memberships", body="CND", as_of=date(2024, 1, 1))[0].when == "ended"
    assert knowledge.query("states").as_of is None
    assert knowledge.show("CND", as_of="2023-12").as_of == "2023-12"


@pytest.mark.slow
def test_the_day_that_is_today_can_be_said() -> None:
    then = unpact.open(today=date(2023, 8, 18))
    assert then.query("memberships", body="CND").as_of == "2023-08-18"
    assert then.show("country-programme-3").when == "current"
    assert unpact.open(today=date(2021, 1, 1)).show("country-programme-3").when == "planned"


def test_unknown_names_are_refused_with_what_is_near(knowledge: unpact.Knowledge) -> None:
    with pytest.raises(UnknownNameError, match="party-status"):
        knowledge.query("party-statuss", state="Pakistan")
    with pytest.raises(UnknownNameError):
        knowledge.query("party-status", state="Atlantis")
    with pytest.raises(UsageError, match="sate"):
        knowledge.query("party-status", sate="Pakistan")


def test_the_catalogue_lists_every_query_file(knowledge: unpact.Knowledge) -> None:
    assert len(knowledge.queries) == len(knowledge.corpus.query_files()) > 0
    assert knowledge.queries.find("party-status").topic == "treaties"


def test_sparql_selects(knowledge: unpact.Knowledge) -> None:
    answer = knowledge.sparql(STATES)
    assert answer.columns == ("state", "label")
    assert (ID + "pakistan", "Pakistan") in [(row.state, row.label) for row in answer]
    assert answer[:2] == [answer[0], answer[1]]
    assert repr(answer) == f"<Answer: {len(answer)} rows of state, label>"


def test_sparql_asks_and_constructs(knowledge: unpact.Knowledge) -> None:
    assert knowledge.sparql("ASK { id:pakistan a unp:State }").truth is True
    assert knowledge.sparql("ASK { id:pakistan a unp:Treaty }").truth is False
    graph = knowledge.sparql("CONSTRUCT { ?s a unp:Country } WHERE { ?s a unp:State }").to_rdflib()
    assert (rdflib.URIRef(ID + "pakistan"), rdflib.RDF.type, rdflib.URIRef(UNP + "Country")) in graph
    with pytest.raises(UsageError, match="ASK"):
        knowledge.sparql(STATES).truth  # noqa: B018 - reading it is what fails
    with pytest.raises(UsageError, match="CONSTRUCT"):
        knowledge.sparql(STATES).to_rdflib()


@pytest.mark.slow
def test_a_time_limit_ends_the_query(knowledge: unpact.Knowledge) -> None:
    with pytest.raises(QueryTimeout):
        knowledge.sparql("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", timeout=2)
    assert len(knowledge.sparql(STATES, timeout=60)) == len(knowledge.sparql(STATES))


@pytest.mark.slow
def test_resolve_find_show_and_cite(knowledge: unpact.Knowledge) -> None:
    assert knowledge.resolve("UNODC") == ID + "unodc"
    assert knowledge.resolve("Pakistan", "State").label == "Pakistan"
    assert knowledge.resolve("Pakistan", "unp:State") == knowledge.resolve("Pakistan", UNP + "State")
    with pytest.raises(UnknownNameError):
        knowledge.resolve("Pakistan", "Treaty")
    with pytest.raises(UnknownNameError, match="names no class"):
        knowledge.resolve("Pakistan", "no class")
    assert ID + "unodc" in {match.thing.value for match in knowledge.find("Drugs and Crime")}
    assert len(knowledge.find("UN", limit=3)) == 3
    description = knowledge.show("UNODC")
    assert description.thing.value == ID + "unodc"
    assert knowledge.cite("UNODC") == [sentence.value for sentence in description.sentences] != []


@pytest.mark.slow
def test_the_graph_as_an_rdflib_dataset(knowledge: unpact.Knowledge) -> None:
    dataset = knowledge.to_rdflib()
    assert isinstance(dataset, rdflib.Dataset)
    assert len(dataset) == len(knowledge)
    named = {str(graph.identifier) for graph in dataset.graphs() if len(graph)}
    assert named == set(knowledge.graph.named_graphs())


@pytest.mark.slow
def test_an_answer_as_a_data_frame(knowledge: unpact.Knowledge) -> None:
    pytest.importorskip("pandas")
    answer = knowledge.sparql(STATES)
    frame = answer.to_pandas()
    assert list(frame.columns) == ["state", "label"]
    assert list(frame["label"]) == [row.label for row in answer]
    empty = knowledge.sparql("SELECT ?a ?b { ?a unp:noSuchProperty ?b }").to_pandas()
    assert list(empty.columns) == ["a", "b"]
    assert len(empty) == 0


def test_without_pandas_the_error_says_what_to_install(
    knowledge: unpact.Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def refuse(name: str, *args: Any) -> Any:  # noqa: ANN401 - as the function it stands for
        if name == "pandas":
            raise ModuleNotFoundError(name)
        return real(name, *args)

    answer = knowledge.sparql(STATES)
    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(UsageError, match=r"pip install 'unpact\[pandas\]'"):
        answer.to_pandas()


@pytest.mark.slow
def test_data_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(HEAD + "id:atlantis a unp:State .")
    both = unpact.open(path)
    assert both.sparql("ASK { id:atlantis a unp:Agent . id:pakistan a unp:Agent }").truth
    mine = unpact.open([path], only_data=True)
    assert mine.sparql("ASK { id:atlantis a unp:Agent }").truth
    assert not mine.sparql("ASK { id:pakistan a unp:State }").truth
    path.write_text(HEAD + 'id:atlantis unp:date "2020-13-45"^^<http://www.w3.org/2001/XMLSchema#date> .')
    with pytest.raises(DataSyntaxError, match=r"mine\.ttl:3"):
        unpact.open(path)


@pytest.mark.slow
def test_data_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    turtle = (HEAD + "id:atlantis a unp:State .").encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(turtle)))
    assert unpact.open("-").sparql("ASK { id:atlantis a unp:Agent }").truth


def test_what_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="only_data"):
        unpact.open(only_data=True)
    with pytest.raises(UsageError, match="no view"):
        unpact.open(view="worst")
    with pytest.raises(UsageError, match=r"unpact\.ttl"):
        unpact.open(root=tmp_path)
    with pytest.raises(UsageError, match="no such file"):
        unpact.open(tmp_path / "missing.ttl")


def test_the_article_view_has_nothing_of_the_record(knowledge: unpact.Knowledge) -> None:
    article = unpact.open(view="article")
    left_out = set(knowledge.graph.named_graphs()) - set(article.graph.named_graphs())
    assert left_out == {file.graph_iri for file in knowledge.corpus.data_files("record")}


def test_the_package_imports_nothing_before_it_is_used() -> None:
    program = "import sys, unpact; print(sorted(name for name in sys.modules if name.startswith('unpact.')))"
    command = [sys.executable, "-c", program]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"
    assert not hasattr(unpact, "nothing")


@pytest.mark.slow
def test_a_store_answers_in_python_as_the_files_do(tmp_path: Path) -> None:
    held = unpact.load_into(store=tmp_path / "kb")
    assert sum(held.values()) == len(unpact.open())
    here, there = unpact.open(), unpact.open(store=tmp_path / "kb")
    assert len(there) == len(here)
    assert repr(there) == repr(here)
    rows = [list(graph.query("party-status", state="Pakistan", as_of="2023")) for graph in (here, there)]
    assert rows[0]
    assert rows[0] == rows[1]
    assert list(there.query("party-status", state="Pakistan", as_of="2023", timeout=60)) == rows[0]
    with pytest.raises(QueryTimeout):
        there.sparql("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", timeout=1)
    assert there.why("pakistan", "a", "Agent") is not None
    assert there.cite("UNODC") == here.cite("UNODC")
    assert len(there.to_rdflib()) == len(here.to_rdflib())


def test_one_place_is_opened_at_a_time(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="choose one of data, store and endpoint"):
        unpact.open("mine.ttl", store=tmp_path)
    with pytest.raises(UsageError, match="choose one of"):
        unpact.open(store=tmp_path, endpoint="http://127.0.0.1:9/")
    with pytest.raises(UsageError, match="choose one of store and endpoint"):
        unpact.load_into("mine.ttl")
