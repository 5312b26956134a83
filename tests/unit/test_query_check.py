"""``queries check``: every kind of mistake is found with its line, and a good query passes."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from unpact.finding import Place, Severity
from unpact.graph.memory import MemoryGraph
from unpact.query.check import check_queries
from unpact.query.order import order_problem

GOOD = """\
#+ title: Acts of a state
#+ description: Which acts did the state carry out?
#+ keywords: [acts]
#+ parameters:
#+   state: {type: State, required: true, help: "the state"}
#+ columns:
#+   act: the act
#+   treaty: the treaty
#+ examples:
#+   - {state: PK}
#+   - {state: Iran}
PREFIX mine: <http://nowhere.example/>
SELECT ?act ?treaty WHERE {
  ?act a unp:Act ; unp:actor $state ; unp:treaty ?treaty .
  FILTER(?act != id:congo && STR(?act) != "" && STR(?act) != STR(xsd:date))
}
ORDER BY ?act
"""


def _graph() -> MemoryGraph:
    store = Store()
    store.load(path=str(Path(__file__).with_name("query_world.trig")), format=RdfFormat.TRIG)
    return MemoryGraph(store)


GRAPH = _graph()


def _check(tmp_path: Path, text: str, name: str = "acts/acts.rq") -> list[tuple[int, str]]:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return [(finding.line or 0, finding.message) for finding in check_queries([path], GRAPH)]


def test_a_good_query_has_no_findings(tmp_path: Path) -> None:
    assert _check(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("#+ keywords: [acts]\n", "", 1, "lacks the key 'keywords'"),
        (
            "unp:treaty ?treaty .",
            "unp:treat ?treaty .",
            14,
            "unp:treat is neither in the ontology nor in the data",
        ),
        ("id:congo", "id:kongo", 15, "id:kongo is neither"),
        ("id:congo", "<https://w3id.org/unpact/topic/nothing>", 15, "topic:nothing is neither"),
        ("id:congo", "mine:thing", 15, "http://nowhere.example/thing is neither"),
        ("type: State", "type: Stat", 5, "no class of the ontology: unp:Stat"),
        ("ORDER BY ?act\n", "", 1, "ORDER BY is missing"),
        ("ORDER BY ?act", "ORDER BY ?state", 17, "?state and $state are the same"),
        ("ORDER BY ?act", "ORDER BY $state", 9, "fails: query, line 17"),
        ("ORDER BY ?act", "ORDER BY STR($state)", 17, "leaves some rows in a tie"),
        ("{state: Iran}", "{state: Congolia}", 9, "no State is called 'Congolia'"),
        ("{state: Iran}", "{state: CI}", 9, "returns no rows"),
        ("FILTER(", "FILTR(", 15, "not valid SPARQL as it stands"),
        ("FILTER(", "SERVICE <http://a/> { } FILTER(", 15, "SERVICE would reach another server"),
        ("FILTER(", "VALUES ?act { $state } FILTER(", 15, "not valid SPARQL as it stands"),
    ],
)
def test_each_mistake_is_found(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    assert old in GOOD
    findings = _check(tmp_path, GOOD.replace(old, new, 1))
    assert [found for found in findings if words in found[1]], findings
    assert line in {found[0] for found in findings if words in found[1]}


def test_two_queries_of_one_name(tmp_path: Path) -> None:
    paths = [tmp_path / "one" / "acts.rq", tmp_path / "two" / "acts.rq"]
    for path in paths:
        path.parent.mkdir()
        path.write_text(GOOD, encoding="utf-8")
    findings = check_queries(paths, GRAPH)
    assert [finding.file for finding in findings] == [str(path) for path in paths]
    assert all("names must be unique" in finding.message for finding in findings)


def test_nothing_to_check_is_a_finding() -> None:
    (finding,) = check_queries([], GRAPH)
    assert (finding.check, finding.severity) == ("query/none", Severity.VIOLATION)
    assert "no stored queries" in finding.message


def test_a_finding_has_a_check_and_a_place(tmp_path: Path) -> None:
    path = tmp_path / "acts.rq"
    path.write_text(GOOD.replace("id:congo", "id:kongo"), encoding="utf-8")
    (finding,) = check_queries([path], GRAPH)
    assert (finding.check, finding.severity) == ("query/unknown-term", Severity.VIOLATION)
    assert finding.place == Place(str(path), 15, 18, 15, 26)


def test_what_lies_in_several_lines_is_found_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("unp:treaty ?treaty .", "unp:treat ?treaty .").replace("id:congo", "id:kongo")
    found = _check(tmp_path, text)
    assert [line for line, message in found if "is neither" in message] == [14, 15]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT ?s { ?s a unp:State }", "ORDER BY is missing"),
        ("SELECT ?s ?l { ?s a unp:State ; unp:iso2 ?l } ORDER BY ?l", None),
        ("SELECT ?s ?l { ?s rdfs:label ?l } ORDER BY ?s", "tie"),
        ("SELECT ?s ?l { ?s rdfs:label ?l } ORDER BY ?s ?l", "no common order"),
        ("SELECT ?s ?l { ?s rdfs:label ?l } ORDER BY ?s STR(?l) LANG(?l)", None),
        ("SELECT ?a ?d { ?a unp:date ?d } ORDER BY ?d", "no common order (xsd:date, xsd:gYearMonth)"),
        ("SELECT ?a ?d { ?a unp:date ?d } ORDER BY DESC(STR(?d)) ASC(?a)", None),
        ("SELECT DISTINCT ?s { ?s a unp:State ; rdfs:label ?l } ORDER BY ?s", None),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s rdfs:label ?c } GROUP BY ?s ORDER BY DESC(?n) ?s", None),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s rdfs:label ?c } GROUP BY ?s ORDER BY DESC(?n)", "tie"),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s unp:actor ?c } GROUP BY ?s ORDER BY DESC(COUNT(*)) ?s", None),
        ("SELECT ?x { ?x owl:annotatedSource ?y } ORDER BY ?x", "blank nodes"),
        ("SELECT ?d { id:act-1 unp:date ?d } ORDER BY ?d", None),
        (
            "SELECT ?s { ?s a unp:Act OPTIONAL { ?s unp:date ?d } } ORDER BY STR(?d) ?s",
            "write COALESCE(STR(?d)",
        ),
        ("SELECT ?s { ?s a unp:Act OPTIONAL { ?s unp:date ?d } } ORDER BY COALESCE(STR(?d), '') ?s", None),
        ("SELECT ?s { ?s a unp:Act OPTIONAL { ?s unp:status ?d } } ORDER BY ?d ?s", None),
        (
            "SELECT ?s { ?s a unp:Act OPTIONAL { ?s unp:date ?d } } ORDER BY (BOUND(?d)) CONCAT(STR(?s), '')",
            None,
        ),
    ],
)
def test_order(text: str, words: str | None) -> None:
    problem = order_problem(GRAPH, text)
    assert problem is None if words is None else problem is not None and words in problem
