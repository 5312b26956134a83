"""Running: from parameters to rows, and what goes wrong on the way."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple

from unpact.errors import NetworkRefused, QuerySyntaxError, QueryTimeout, StoreError, UsageError
from unpact.graph.memory import MemoryGraph
from unpact.names import ID, XSD
from unpact.query.header import StoredQuery, parse_stored_query
from unpact.query.result import Result, Row, Thing, to_python
from unpact.query.run import bound_text, run, run_text

TEXT = """\
#+ title: Acts of a state
#+ description: Which acts did the state carry out?
#+ keywords: [acts]
#+ parameters:
#+   state: {type: State, required: true, help: "the state"}
#+   about: {type: Treaty, list: true, help: "only these treaties"}
#+   at_least: {type: integer, default: 0, help: "a number"}
#+ columns: {act: the act, treaty: the treaty}
#+ examples: [{state: PK}]
SELECT ?act ?treaty WHERE {
  ?act a unp:Act ; unp:actor $state ; unp:treaty ?treaty .
  # if $about
  FILTER(?treaty IN ($about))
  # end
  FILTER(5 > $at_least)
}
ORDER BY ?act
"""


def _graph() -> MemoryGraph:
    store = Store()
    store.load(path=str(Path(__file__).with_name("query_world.trig")), format=RdfFormat.TRIG)
    return MemoryGraph(store)


GRAPH = _graph()
ACTS = parse_stored_query(TEXT, Path("queries/acts/acts.rq"))


def _acts(query: StoredQuery = ACTS, **params: str | int | list[str]) -> list[str]:
    return [str(to_python(row[0])).removeprefix(ID) for row in run(GRAPH, query, params).rows]


def test_parameters_of_every_kind() -> None:
    assert _acts(state="Pakistan") == ["act-1", "act-2"]
    assert _acts(state="pk", about="uncac") == ["act-1"]
    assert _acts(state="PK", about=["UNCAC", "id:untoc"]) == ["act-1", "act-2"]
    assert _acts(state="iran") == ["act-3"]
    assert _acts(state="PK", at_least=5) == []
    assert _acts(**{"state": "PK", "at-least": "4"}) == ["act-1", "act-2"]


def test_the_result_knows_its_query_and_text() -> None:
    result = run(GRAPH, ACTS, {"state": "PK"})
    assert result.query is ACTS
    assert result.variables == ("act", "treaty")
    assert result.text == bound_text(GRAPH, ACTS, {"state": "PK"})
    assert f"unp:actor <{ID}pakistan>" in result.text
    assert len(result) == 2


def test_an_unknown_parameter_is_not_ignored() -> None:
    with pytest.raises(UsageError, match=r"no parameter 'stat' \(it has: state, about, at_least\)"):
        run(GRAPH, ACTS, {"stat": "PK"})


def test_a_required_parameter_is_asked_for() -> None:
    with pytest.raises(UsageError, match=r"needs a value for 'state'.*unpact query acts --state"):
        run(GRAPH, ACTS, {"state": None})


def test_every_form_of_query() -> None:
    ask = run_text(GRAPH, "ASK { id:pakistan a unp:State }")
    assert (ask.kind, ask.variables, ask.answer) == ("ask", ("answer",), True)
    assert run_text(GRAPH, "ASK { id:pakistan a unp:Treaty }").answer is False
    construct = run_text(GRAPH, "CONSTRUCT { ?s a unp:State } WHERE { ?s a unp:State }")
    assert construct.kind == "construct"
    assert construct.answer is None
    assert len(list(construct.triples())) == 5
    assert list(run_text(GRAPH, "SELECT ?s { ?s unp:iso2 'PK' }").triples()) == []
    described = run_text(GRAPH, "DESCRIBE id:act-3")
    assert described.kind == "construct"
    assert construct.rows == sorted(construct.rows, key=lambda row: [str(term) for term in row])


def test_nothing_remote_and_no_update() -> None:
    with pytest.raises(NetworkRefused):
        run_text(GRAPH, "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
    with pytest.raises(UsageError):
        run_text(GRAPH, "DELETE WHERE { ?s ?p ?o }")
    with pytest.raises(StoreError, match="failed while it ran"):
        run_text(GRAPH, "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", allow_network=True)


def test_a_graph_of_ours_may_be_named_in_from() -> None:
    text = "SELECT ?s FROM <https://w3id.org/unpact/graph/inferred> { ?s a unp:Standing } ORDER BY ?s"
    assert len(run_text(GRAPH, text)) == 2


@pytest.mark.slow
def test_a_query_that_takes_too_long_is_ended() -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o . ?p ?q ?r }"
    with pytest.raises(QueryTimeout, match="after 1 seconds"):
        run_text(GRAPH, endless, timeout=1)


@pytest.mark.slow
def test_a_time_limit_changes_neither_rows_nor_errors() -> None:
    assert run(GRAPH, ACTS, {"state": "PK"}, timeout=60).rows == run(GRAPH, ACTS, {"state": "PK"}).rows
    with pytest.raises(QuerySyntaxError) as caught:
        run_text(GRAPH, "SELECT * {\n ?s ?p }", timeout=60)
    assert caught.value.line == 2


def test_python_values() -> None:
    def typed(value: str, name: str) -> Literal:
        return Literal(value, datatype=NamedNode(XSD + name))

    assert to_python(typed("7", "nonNegativeInteger")) == 7
    assert to_python(typed("1.50", "decimal")) == Decimal("1.50")
    assert to_python(typed("1e3", "double")) == 1000.0
    assert to_python(typed("1", "boolean")) is True
    assert to_python(typed("2022-12-31", "date")) == date(2022, 12, 31)
    assert to_python(typed("2022-12-31T01:02:03", "dateTime")) == datetime(2022, 12, 31, 1, 2, 3)  # noqa: DTZ001
    assert to_python(typed("2016-12", "gYearMonth")) == "2016-12"
    assert to_python(typed("2016", "gYear")) == "2016"
    assert to_python(typed("2022-12-31Z", "date")) == "2022-12-31Z"
    assert to_python(typed("seven", "integer")) == "seven"
    assert to_python(Literal("ein", language="de")) == "ein"
    assert to_python(BlankNode("b")) == "_:b"
    assert to_python(None) is None
    assert isinstance(to_python(Triple(NamedNode("a:b"), NamedNode("a:b"), NamedNode("a:b"))), str)


def test_things_have_labels() -> None:
    thing = to_python(NamedNode(ID + "pakistan"), {ID + "pakistan": "Pakistan"}.get)
    assert isinstance(thing, Thing)
    assert thing == ID + "pakistan"
    assert (thing.label, thing.local_name) == ("Pakistan", "pakistan")
    assert Thing(ID + "iran").label == "iran"
    assert Thing("http://a/b#c").local_name == "c"


def test_rows_by_position_name_and_attribute() -> None:
    row = Row(("act", "count"), [Thing("a:b"), 3])
    assert row[0] == row["act"] == row.act == "a:b"
    assert list(row) == ["a:b", 3]
    assert row == ("a:b", 3)
    assert row == Row(("act", "count"), ["a:b", 3])
    assert row.asdict() == {"act": "a:b", "count": 3}
    assert row[1:] == (3,)
    assert repr(row) == "Row(act='a:b', count=3)"
    assert row.count == row["count"] == 3
    with pytest.raises(AttributeError, match="no column 'date'"):
        _ = row.date
    with pytest.raises(KeyError):
        row["date"]


def test_an_empty_result_is_false_and_has_its_columns() -> None:
    result = Result(None, ("a",), [])
    assert not result
    assert result.variables == ("a",)


@pytest.mark.slow
@pytest.mark.parametrize("end", ["", " ."])
def test_a_sentence_with_several_dots_can_be_named_in_a_query(end: str) -> None:
    import unpact

    result = unpact.open().sparql(f"SELECT ?thing {{ ?thing unp:statedIn s:2.4.1{end} }} ORDER BY ?thing")
    assert "https://w3id.org/unpact/id/country-programme-2" in {str(row.thing) for row in result}


def test_dots_in_strings_and_comments_stay() -> None:
    from unpact.query.dotted import write_out_dotted

    text = "SELECT * { ?x ?p 's:2.4.1' # s:2.4.1\n}"
    assert write_out_dotted(text) == text
    assert write_out_dotted("ASK { ?x ?p y:1.2.3 }") == "ASK { ?x ?p y:1.2.3 }"
