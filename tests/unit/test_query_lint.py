"""Linting of queries: each mistake is found at its token, and the query without it is clean."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store

from unpact.errors import QuerySyntaxError
from unpact.finding import Finding, Severity
from unpact.graph.memory import MemoryGraph
from unpact.query.lint import Vocabulary, lint_queries, lint_query
from unpact.query.lint.checks import CHECKS
from unpact.query.lint.source import QueryText

ROOT = Path(__file__).parents[2]


def _graph() -> MemoryGraph:
    store = Store()
    store.load(path=str(Path(__file__).with_name("query_lint_world.trig")), format=RdfFormat.TRIG)
    return MemoryGraph(store)


GRAPH = _graph()
WORLD = Vocabulary(GRAPH)


def _lint(text: str) -> list[Finding]:
    return lint_query(QueryText.read(text, "q.rq"), WORLD)


def _short(findings: list[Finding]) -> list[tuple[str, str, int | None, int | None]]:
    return [
        (each.check.removeprefix("query/"), str(each.severity), each.line, each.place.column)
        for each in findings
        if each.place is not None
    ]


# A query with the one finding there must be, as check, severity and column in its only line; the same query
# put right.
MISTAKES = [
    ("SELECT ?s { ?s a unp:State", "syntax violation 11", "SELECT ?s { ?s a unp:State }"),
    ("SELECT ?s { ?s a }", "syntax violation 18", "SELECT ?s { ?s a unp:State }"),
    ("SELECT ?s { FILTR(?s) }", "syntax violation 13", "SELECT ?s { ?s a unp:State FILTER(isIRI(?s)) }"),
    ("", "syntax violation 1", "ASK { id:pakistan a unp:State }"),
    ("ASK { ?s !", "syntax violation 10", "ASK { ?s !a ?o }"),
    ("DELETE WHERE { ?s ?p ?o }", "syntax violation 1", "CONSTRUCT WHERE { ?s ?p ?o }"),
    ("SELECT ?s { ?s a upn:State }", "unknown-prefix violation 18", "SELECT ?s { ?s a unp:State }"),
    # unknown terms
    ("SELECT ?s { ?s a unp:Staat }", "unknown-term violation 18", "SELECT ?s { ?s a unp:State }"),
    ("ASK { unp:pakistan a unp:State }", "unknown-term violation 7", "ASK { id:pakistan a unp:State }"),
    ("ASK { ?s rdfs:lable ?l }", "unknown-term violation 10", "ASK { ?s rdfs:label ?l }"),
    ("ASK { ?s skos:hiddenLabel ?l }", "unknown-term warning 10", "ASK { ?s skos:altLabel ?l }"),
    ("ASK { ?s skos:hidenLabel ?l }", "unknown-term violation 10", "ASK { ?s skos:altLabel ?l }"),
    ("ASK { ?s unp:statedIn s:9.9.9 }", "unknown-term violation 23", "ASK { ?s unp:statedIn s:1.1.1 }"),
    ("ASK { ?s ?p <http://far.example/x> }", "unknown-term info 13", "ASK { ?s ?p id:uncac }"),
    (
        "PREFIX unp: <https://w3id.org/unpact/ontology/> SELECT ?s { ?s ?p ?o }",
        "unknown-term violation 13, unused-variable info 67",
        "PREFIX unp: <https://w3id.org/unpact/ontology#> SELECT ?s ?o { ?s ?p ?o }",
    ),
    (
        "ASK { GRAPH <https://w3id.org/unpact/graph/data/article/word> { ?s ?p ?o } }",
        "unknown-term violation 13",
        "ASK { GRAPH <https://w3id.org/unpact/graph/data/article/world> { ?s ?p ?o } }",
    ),
    (
        "CONSTRUCT { ?s a unp:Staat ; unp:treaty id:made-up } { ?s a unp:State }",
        "unknown-term violation 18",
        "CONSTRUCT { ?s a unp:State ; unp:treaty id:made-up } { ?s a unp:State }",
    ),
    # unbound variables
    (
        "SELECT ?t { ?s a unp:State }",
        "unbound-variable violation 8, unused-variable info 13",
        "SELECT ?s { ?s a unp:State }",
    ),
    (
        "SELECT ?s { ?s a unp:State } ORDER BY ?t",
        "unbound-variable violation 39",
        "SELECT ?s { ?s a unp:State } ORDER BY ?s",
    ),
    (
        "SELECT ?s { ?s a unp:State FILTER(?t != 1) }",
        "unbound-variable violation 35",
        "SELECT ?s { ?s a unp:State FILTER(?s != 1) }",
    ),
    (
        "SELECT ?s { ?s unp:iso2 ?c { ?s unp:members ?n FILTER(STR(?n) < ?c) } }",
        "unbound-variable violation 65",
        "SELECT ?s { ?s unp:iso2 ?c { ?s unp:members ?n } FILTER(STR(?n) < ?c) }",
    ),
    (
        "SELECT ?s { { ?s a unp:State } UNION { ?o a unp:Body FILTER(?s != ?o) } }",
        "unbound-variable violation 61",
        "SELECT ?s { { ?s a unp:State } UNION { ?s unp:actor ?o FILTER(?s != ?o) } }",
    ),
    (
        "SELECT ?s ?c { ?s a unp:State MINUS { ?s unp:iso2 ?c } }",
        "unbound-variable violation 11",
        "SELECT ?s { ?s a unp:State MINUS { ?s unp:iso2 ?c } }",
    ),
    (
        "SELECT ?s ?c { ?s a unp:State FILTER NOT EXISTS { ?s unp:iso2 ?c } }",
        "unbound-variable violation 11",
        "SELECT ?s { ?s a unp:State FILTER NOT EXISTS { ?s unp:iso2 ?c } }",
    ),
    (
        "SELECT ?s ?c { ?s a unp:State { SELECT ?s { ?s unp:iso2 ?c } } }",
        "unbound-variable violation 11, unused-variable info 57",
        "SELECT ?s ?c { ?s a unp:State { SELECT ?s ?c { ?s unp:iso2 ?c } } }",
    ),
    (
        "SELECT ?s ?d { BIND(STR(?s) AS ?d) ?s a unp:State }",
        "unbound-variable violation 25",
        "SELECT ?s ?d { ?s a unp:State BIND(STR(?s) AS ?d) }",
    ),
    (
        "SELECT ?s { ?s unp:iso2 ?c } GROUP BY ?s ORDER BY ?c",
        "unbound-variable violation 51",
        "SELECT ?s { ?s unp:iso2 ?c } GROUP BY ?s ORDER BY MIN(?c)",
    ),
    (
        "SELECT ?s { ?s a unp:State } GROUP BY ?s ?t",
        "unbound-variable violation 42",
        "SELECT ?s ?l { ?s a unp:State } GROUP BY ?s (STR(?s) AS ?l)",
    ),
    (
        "CONSTRUCT { ?s a ?kind } { ?s a unp:State }",
        "unbound-variable violation 18",
        "CONSTRUCT { ?s a ?kind } { ?s a unp:State , ?kind }",
    ),
    (
        "DESCRIBE ?t { ?s a unp:State }",
        "unbound-variable violation 10, unused-variable info 15",
        "DESCRIBE ?s { ?s a unp:State }",
    ),
    # unused variables
    ("SELECT ?s { ?s unp:actor ?o }", "unused-variable info 26", "SELECT ?s { ?s unp:actor [] }"),
    (
        "SELECT ?s { ?s a unp:State OPTIONAL { ?s unp:iso2 ?c } }",
        "unused-variable warning 51",
        "SELECT ?s ?c { ?s a unp:State OPTIONAL { ?s unp:iso2 ?c } }",
    ),
    (
        "SELECT ?s { ?s a unp:State BIND(STR(?s) AS ?x) }",
        "unused-variable warning 44",
        "SELECT ?s { ?s a unp:State BIND(STR(?s) AS ?x) FILTER(?x > 'a') }",
    ),
    (
        "SELECT ?s { ?s a unp:State VALUES ?k { 1 } }",
        "unused-variable warning 35",
        "SELECT ?s { ?s a ?k VALUES ?k { unp:State } }",
    ),
    (
        "SELECT ?s { { SELECT ?s (STR(?s) AS ?l) { ?s a unp:State } } }",
        "unused-variable warning 37",
        "SELECT ?s ?l { { SELECT ?s (STR(?s) AS ?l) { ?s a unp:State } } }",
    ),
    # products
    (
        "SELECT ?s ?t { ?s a unp:State . ?t a unp:Treaty }",
        "cartesian-product warning 33",
        "SELECT ?s ?t { ?s a unp:State . ?a unp:actor ?s ; unp:treaty ?t }",
    ),
    (
        "SELECT ?s ?t { ?s a unp:State . ?t a unp:Agent FILTER(?s = ?t) }",
        "cartesian-product warning 33",
        "SELECT ?s { ?s a unp:State , unp:Agent }",
    ),
    (
        "SELECT ?s ?t { ?s unp:iso2 ?c . ?t unp:iso2 ?d FILTER(?c < ?d) }",
        "cartesian-product info 33",
        "SELECT ?s ?t { ?s unp:iso2 ?c . ?t unp:iso2 ?c FILTER(STR(?s) < STR(?t)) }",
    ),
    (
        "SELECT ?s ?t { ?s a unp:State OPTIONAL { ?t a unp:Treaty } }",
        "cartesian-product warning 31",
        "SELECT ?s ?t { ?s unp:treaty ?t OPTIONAL { ?t a unp:Treaty } }",
    ),
    (
        "SELECT ?s ?v { ?s a unp:State VALUES ?v { 1 2 } }",
        "cartesian-product warning 31",
        "SELECT ?s ?v { ?s a unp:State VALUES ?v { 1 } }",
    ),
    (
        "SELECT ?s ?n { ?s a unp:State { SELECT ?n { [] unp:members ?n } } }",
        "cartesian-product warning 33",
        "SELECT ?s ?n { ?s a unp:State { SELECT (COUNT(?t) AS ?n) { ?t a unp:Treaty } } }",
    ),
    (
        "SELECT ?a ?b { ?a unp:actor id:pakistan . ?b unp:actor id:pakistan }",
        "cartesian-product warning 43",
        "SELECT ?a ?b { ?a unp:actor ?who . ?b unp:actor ?who }",
    ),
    # wrong values
    (
        "SELECT ?s { ?s unp:actor 'Pakistan' }",
        "wrong-value violation 26",
        "SELECT ?s { ?s unp:actor id:pakistan }",
    ),
    ("SELECT ?s { ?s unp:iso2 id:pakistan }", "wrong-value violation 25", "SELECT ?s { ?s unp:iso2 'PK' }"),
    ("SELECT ?s { ?s unp:members 'twelve' }", "wrong-value violation 28", "SELECT ?s { ?s unp:members 12 }"),
    (
        "SELECT ?s { ?s unp:iso2 'PK'@en }",
        "wrong-value violation 25",
        "SELECT ?s { ?s unp:iso2 'PK'^^xsd:string }",
    ),
    ("SELECT ?s { ?s unp:members 1.5 }", "wrong-value violation 28", "SELECT ?s { ?s unp:share 1 }"),
    (
        "SELECT ?s { ?s unp:date '2007' }",
        "wrong-value warning 25",
        "SELECT ?s { ?s unp:date '2007-01'^^xsd:gYearMonth }",
    ),
    (
        "SELECT ?s { ?s rdfs:label 'Office' }",
        "wrong-value warning 27",
        "SELECT ?s { ?s rdfs:label 'Office'@en }",
    ),
    (
        "SELECT ?s { ?s rdfs:label id:office }",
        "wrong-value warning 27",
        "SELECT ?s { ?s rdfs:seeAlso id:office }",
    ),
    (
        "SELECT ?c { [] unp:iso2 ?c . ?c unp:actor [] }",
        "wrong-value violation 30",
        "SELECT ?c { [] unp:treaty ?c . ?c rdfs:label [] }",
    ),
    (
        "SELECT ?c { [] unp:iso2 ?c . [] unp:actor ?c }",
        "wrong-value violation 43",
        "SELECT ?c { [] unp:signatory ?c . [] unp:actor ?c }",
    ),
    (
        "SELECT ?s { ?s unp:iso2/unp:actor [] }",
        "wrong-value violation 16",
        "SELECT ?s { ?s unp:actor/unp:iso2 [] }",
    ),
    (
        "SELECT ?s { ?s a unp:State ; unp:treaty [] }",
        "wrong-value violation 13",
        "SELECT ?s { ?s a unp:Act ; unp:treaty [] }",
    ),
    (
        "SELECT ?t { [] unp:treaty ?t . [] unp:signatory ?t }",
        "wrong-value violation 49",
        "SELECT ?t { [] unp:treaty ?t . { ?t a unp:Treaty } UNION { ?t rdfs:label [] } }",
    ),
    (
        "SELECT ?s { ?s a unp:State , unp:Body }",
        "wrong-value violation 13",
        "SELECT ?s { { ?s a unp:State } UNION { ?s a unp:Body } }",
    ),
    (
        "SELECT ?s { ?s unp:actor id:uncac }",
        "wrong-value violation 26",
        "SELECT ?s { ?s unp:actor id:office }",
    ),
    (
        "SELECT ?s { id:uncac unp:actor ?s }",
        "wrong-value violation 13",
        "SELECT ?s { id:act-1 unp:actor ?s }",
    ),
    (
        "SELECT ?s { id:uncac ^unp:actor ?s }",
        "wrong-value violation 13",
        "SELECT ?s { id:office ^unp:actor ?s }",
    ),
    ("SELECT ?s { ?s a unp:actor }", "wrong-value violation 18", "SELECT ?s { ?s a unp:Act }"),
    ("SELECT ?s { ?s unp:State [] }", "wrong-value violation 16", "SELECT ?s { ?s a unp:State }"),
    ("ASK { 'Pakistan' unp:iso2 ?c }", "wrong-value violation 7", "ASK { id:pakistan unp:iso2 ?c }"),
    (
        "SELECT ?s { [] unp:actor ?s FILTER(?s = 'Pakistan') }",
        "wrong-value violation 41",
        "SELECT ?s { [] unp:actor ?s FILTER(?s = id:pakistan) }",
    ),
    # EXISTS over a join
    (
        "SELECT ?s { ?s a unp:State FILTER NOT EXISTS { ?a unp:actor ?s ; unp:treaty ?t } }",
        "not-exists-join warning 35",
        "SELECT ?s { ?s a unp:State MINUS { ?a unp:actor ?s ; unp:treaty ?t } }",
    ),
    (
        "SELECT ?s { ?s a unp:State FILTER EXISTS { ?a unp:actor ?s ; unp:treaty ?t } }",
        "not-exists-join warning 28",
        "SELECT ?s { ?s a unp:State FILTER EXISTS { ?a unp:actor ?s } }",
    ),
    (
        "SELECT ?s { ?s a unp:State FILTER(!EXISTS { ?s ^unp:actor/unp:treaty ?t }) }",
        "not-exists-join warning 36",
        "SELECT ?s { ?s a unp:State FILTER(!EXISTS { ?s unp:iso2|unp:date ?t }) }",
    ),
    # the network
    (
        "SELECT ?s { ?s a unp:State SERVICE <http://far.example/sparql> { ?s rdfs:label [] } }",
        "remote violation 28, unknown-term info 36",
        "SELECT ?s { ?s a unp:State ; rdfs:label [] }",
    ),
    (
        "SELECT ?s FROM <http://far.example/data> { ?s a unp:State }",
        "remote violation 11, unknown-term info 16",
        "SELECT ?s FROM <https://w3id.org/unpact/graph/data/article/world> { ?s a unp:State }",
    ),
]


@pytest.mark.parametrize(("wrong", "expected", "right"), MISTAKES, ids=[wrong for wrong, _, _ in MISTAKES])
def test_each_mistake_is_found_where_it_is_and_nothing_else(wrong: str, expected: str, right: str) -> None:
    findings = _lint(wrong)
    found = sorted(f"{check} {severity} {column}" for check, severity, _, column in _short(findings))
    assert ", ".join(found) == expected, [each.message for each in findings]
    assert [each.message for each in _lint(right)] == []


# Queries in which something looks like a mistake and is none.
@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s unp:actor ?o }",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY DESC(?n) ?g",
        "SELECT ?s { GRAPH ?g { ?s a unp:State } }",
        "SELECT ?s { ?s ?p unp:State }",
        "SELECT ?l { $thing rdfs:label ?l }",
        "SELECT $s { $s a unp:State }",
        "SELECT ?thing ?l { VALUES ?thing { $things } ?thing rdfs:label ?l }",
        "SELECT ?l { ?thing rdfs:label ?l FILTER(?thing IN ($things) && STR(?l) != $not) }",
        "ASK { GRAPH ?g { $s $p $o } FILTER(?g != $inferred) }",
        "SELECT ?s { ?s unp:iso2 ?c OPTIONAL { ?s unp:members ?n FILTER(STR(?n) = ?c) } FILTER(!BOUND(?n)) }",
        "SELECT ?s { ?s unp:iso2 ?c FILTER EXISTS { ?s rdfs:label ?l FILTER(STR(?l) > ?c) } }",
        "SELECT ?s (MAX(?d) AS ?last) { ?s unp:date ?d } GROUP BY ?s HAVING(MAX(?d) > '2000'^^xsd:gYear)",
        "SELECT ?y (COUNT(?s) AS ?n) { ?s unp:date ?d } GROUP BY (YEAR(?d) AS ?y) ORDER BY ?y ?n",
        "SELECT ?s ?x { ?s a unp:State } VALUES ?x { 1 }",
        "SELECT (STR(?s) AS ?l) (STRLEN(?l) AS ?n) { ?s a unp:State } ORDER BY ?n",
        "SELECT ?s { ?s unp:actor [ unp:iso2 'PK' ] }",
        "SELECT ?s { ?s rdfs:seeAlso ( id:uncac 'x' ) }",
        "SELECT ?s { ?s a unp:Agent OPTIONAL { ?s a unp:State } OPTIONAL { ?s a unp:Body } }",
        "SELECT ?s { ?s (unp:iso2|unp:actor) id:pakistan }",
        "SELECT ?s { ?s unp:actor*/rdfs:label 'Pakistan'@en }",
        "SELECT ?s { ?s unp:date ?d FILTER(?d >= '2007-01-01'^^xsd:date) }",
        "SELECT ?s (IF(EXISTS { ?s unp:iso2 ?c }, 1, 0) AS ?has) { ?s a unp:State }",
        "DESCRIBE id:pakistan",
        "CONSTRUCT { [] unp:actor ?s } { ?s a unp:State }",
        "SELECT ?s { ?s unp:statedIn s:1.1.1 }",
        "SELECT ?m { [] unp:share ?m FILTER(xsd:integer(?m) = 1 && <http://far.example/f>(?m)) }",
        "SELECT ?s WHERE { ?s a unp:State . FILTER(STRSTARTS(STR(?s), STR(id:))) }",
    ],
)
def test_what_only_looks_wrong_is_clean(text: str) -> None:
    assert [f"{each.check} {each.message}" for each in _lint(text)] == []


@pytest.mark.parametrize(
    ("text", "message", "mend"),
    [
        ("SELECT ?s { ?s a unp:Staet }", "did you mean unp:State?", "Write unp:State."),
        ("ASK { unp:uncac ?p ?o }", "did you mean id:uncac?", "Write id:uncac."),
        ("SELECT ?s { ?s a upn:State }", "did you mean unp:?", "Write unp:State."),
        ("SELECT ?sate { ?state a unp:State }", "did you mean ?state?", "Write ?state."),
        ("SELECT ?s { ?s rdfs:label 'Office' }", "have a language", "Write 'Office'@en."),
        ("SELECT ?s { ?s unp:actor ?o }", "occurs once", "Write []."),
        (
            "SELECT ?s ?t { ?s a unp:State . ?t a unp:Agent FILTER(sameTerm(?s, ?t)) }",
            "only a FILTER connects",
            "Write ?s in place of ?t, and leave the FILTER out.",
        ),
        (
            "SELECT ?s { ?s unp:iso2 ?c FILTER NOT EXISTS { [] unp:actor ?s ; a ?k FILTER(?k > ?c) } }",
            "NOT EXISTS over 2 triple patterns",
            "Write OPTIONAL { SELECT ... } over the same patterns, then FILTER(!BOUND(...)).",
        ),
        (
            "SELECT ?s { ?s unp:iso2 ?c . { ?s a unp:State FILTER(?c > 'a') } }",
            "another group",
            "Move the FILTER into the group that binds ?c.",
        ),
    ],
)
def test_a_finding_says_what_to_write(text: str, message: str, mend: str) -> None:
    found = [each for each in _lint(text) if message in each.message]
    assert [each.mend for each in found] == [mend], _lint(text)


def test_places_count_lines_and_characters() -> None:
    text = "# é𝄞\nSELECT ?s {\n  ?s rdfs:label 'é𝄞'@en ; a unp:Staat .\n}\n"
    (finding,) = _lint(text)
    assert finding.place is not None
    place = finding.place
    assert (place.file, place.line, place.column, place.end_line, place.end_column) == ("q.rq", 3, 29, 3, 38)


STORED = """\
#+ title: States
#+ description: Which states are there?
#+ keywords: [states]
#+ parameters:
#+   actor: {type: Treaty, help: "the one who acted"}
#+ columns:
#+   act: the act
#+ examples:
#+   - {}
SELECT ?act WHERE {
  ?act a unp:Act .
  # if $actor
  ?act unp:actor $actor .
  # end
}
LIMIT 3
"""


def test_a_stored_query_is_held_against_its_header() -> None:
    assert _short(_lint(STORED)) == [("wrong-value", "violation", 13, 18), ("no-order", "info", 16, 1)]
    assert _lint(STORED.replace("Treaty", "Agent").replace("LIMIT", "ORDER BY ?act LIMIT")) == []


def test_a_parameter_must_be_of_a_class_that_there_is() -> None:
    found = _lint(STORED.replace("Treaty", "Agnet").replace("LIMIT", "ORDER BY ?act LIMIT"))
    assert _short(found) == [("unknown-term", "violation", 5, 6)]
    assert found[0].message.endswith("unp:Agnet; did you mean unp:Agent?")


def test_a_wrong_header_is_a_finding_and_the_query_is_read_all_the_same() -> None:
    text = STORED.replace("  act: the act", "  deed: the act").replace("unp:Act .", "unp:Akt .")
    found = _lint(text)
    assert _short(found)[:2] == [("header", "violation", 7, 6), ("unknown-term", "violation", 11, 10)]
    assert "does not project ?deed" in found[0].message


def test_a_query_without_header_may_have_a_limit_without_order() -> None:
    assert _lint("SELECT ?s { ?s a unp:State } LIMIT 3") == []


def test_stored_queries_must_have_a_header() -> None:
    source = QueryText("SELECT ?s { ?s a unp:State }", "queries/states/all.rq", header=True)
    assert _short(lint_query(source, WORLD)) == [("header", "violation", 1, 1)]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("SELECT ?s {\n  # lint: ignore query/unused-variable: read by people\n  ?s unp:actor ?o\n}", []),
        ("SELECT ?s {\n  ?s unp:actor ?o # lint: ignore query/unused-variable\n}", []),
        ("SELECT ?s {\n  # lint: ignore query/unused-variable\n  # because\n  ?s unp:actor ?o\n}", []),
        ("SELECT ?s {\n  # lint: ignore query/unknown-term, query/unused-variable\n  ?s unp:actr ?o\n}", []),
        ("SELECT ?s {\n  # lint: ignore query/unknown-term\n  ?s unp:actor ?o\n}", ["unused-variable"]),
        (
            "SELECT ?s {\n  # lint: ignore query/unused-variable\n  ?s a unp:Act ;\n unp:actor ?o\n}",
            ["unused-variable"],
        ),
        (
            "SELECT ?s { ?s a unp:Act # lint: ignore query/unused-variable\n ; unp:actor ?o }",
            ["unused-variable"],
        ),
        ("SELECT ?s { ?s unp:actor '# lint: ignore query/wrong-value' }", ["wrong-value"]),
        ("SELECT ?s { ?s a unp:Act } # lint: ignore query/unused", ["suppression"]),
        ("SELECT ?s { ?s a unp:Act } # lint: ignore everything", ["suppression"]),
        ("SELECT ?s { ?s a } # lint: ignore query/syntax", ["suppression", "syntax"]),
    ],
)
def test_comments_silence_findings(text: str, left: list[str]) -> None:
    assert sorted(check for check, *_ in _short(_lint(text))) == left


def test_worst_come_first_over_all_queries() -> None:
    texts = {"b.rq": "SELECT ?s { ?s unp:actor ?o }", "a.rq": "SELECT ?s { ?s a unp:Staat }"}
    found = lint_queries([QueryText.read(text, name) for name, text in texts.items()], WORLD)
    assert [(each.file, each.severity) for each in found] == [
        ("a.rq", Severity.VIOLATION),
        ("b.rq", Severity.INFO),
    ]


def test_nothing_is_asked_of_another_server(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> object:
        raise AssertionError("the engine saw it")

    monkeypatch.setattr("unpact.query.lint.syntax._parse", refused)
    found = _lint("ASK { SERVICE <http://far.example/sparql> { ?s ?p ?o } }")
    assert ("remote", "violation", 1, 7) in _short(found)


def test_deep_nesting_is_a_finding() -> None:
    for text in ("SELECT ?s { ?s ?p ?o FILTER(" + "(" * 5000, "SELECT ?s " + "{" * 5000):
        assert [check for check, *_ in _short(_lint(text))] == ["syntax"]


WORDS = [
    "SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "WHERE", "{", "}", "(", ")", "[", "]", ".", ";", ",", "*",
    "?s", "?o", "$in", "?g", "a", "unp:actor", "unp:State", "unp:Staat", "foo:x", "id:pakistan", "s:1.1.1",
    "_:b", "<http://a/>", "<x", "'text'", "'text'@en", "'1'^^xsd:date", '"open', "12", "-1.5", "true",
    "FILTER", "NOT", "EXISTS", "OPTIONAL", "UNION", "MINUS", "GRAPH", "BIND", "AS", "VALUES", "UNDEF",
    "SERVICE", "FROM", "NAMED", "GROUP", "BY", "ORDER", "HAVING", "LIMIT", "1", "COUNT", "SAMPLE", "=",
    "!=", "<", "&&", "||", "!", "^", "/", "|", "+", "PREFIX", "foo:", "BASE",
    "# lint: ignore query/syntax\n", "# if $in\n", "# end\n", "#+ title: x\n", "\n", "é", "\\u0041",
]  # fmt: skip
PARTS = [
    "?s a unp:State .", "?s unp:actor ?o .", "?o unp:iso2 ?c .", "OPTIONAL { ?s unp:date ?d }",
    "FILTER(?o = ?c)", "FILTER NOT EXISTS { ?s unp:actor ?x . ?x unp:iso2 ?c }", "BIND(STR(?o) AS ?z)",
    "VALUES ?v { 1 $in }", "MINUS { ?s ?p ?o }", "{ SELECT ?s (COUNT(?q) AS ?n) { ?s ?p ?q } GROUP BY ?s }",
    "{ ?s a ?k } UNION { ?t a ?k }", "GRAPH ?g { ?s ?p 'x' }", "?s unp:actor/^unp:actor|!a ?o .",
    "?s rdfs:label [ unp:iso2 ?l ] .", "?s unp:actor ( 1 ?o ) .",
]  # fmt: skip


def _hold(text: str) -> None:
    lines = text.split("\n")
    for finding in _lint(text):
        place = finding.place
        assert finding.check in {check.id for check in CHECKS}
        assert place is not None
        assert place.line is not None
        assert place.column is not None
        assert place.end_line is not None
        assert place.end_column is not None
        assert 1 <= place.line <= place.end_line <= len(lines)
        assert 1 <= place.column <= max(len(lines[place.line - 1]), 1) + 1
        assert 1 < place.end_column <= max(len(lines[place.end_line - 1]), 1) + 2
        assert (place.line, place.column) < (place.end_line, place.end_column)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_token_soup_is_never_too_much(text: str) -> None:
    _hold(text)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(
        ["SELECT *", "SELECT ?s ?v", "SELECT (COUNT(?o) AS ?n)", "ASK", "CONSTRUCT { ?s ?p ?o }"]
    ),
    st.lists(st.sampled_from(PARTS), max_size=6),
    st.sampled_from(["", "ORDER BY ?o LIMIT 1", "GROUP BY ?s HAVING(?n > 1)", "VALUES ?v { 1 2 }"]),
)
def test_queries_of_any_parts_can_be_linted(head: str, parts: list[str], tail: str) -> None:
    _hold(f"{head} WHERE {{\n{chr(10).join(parts)}\n}} {tail}")


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=5))
def test_what_is_called_unbound_is_unbound_in_every_row(parts: list[str]) -> None:
    text = f"SELECT ?s ?o ?c ?d ?x ?z ?n ?q ?k ?t ?g ?l WHERE {{ {' '.join(parts)} }}".replace("$in", "2")
    try:
        rows = GRAPH.select(text)
    except QuerySyntaxError:
        return
    unbound = {
        each.message.split()[0][1:]
        for each in _lint(text)
        if each.check == "query/unbound-variable" and "is selected" in each.message
    }
    names = rows.variables
    bound = {name for row in islice(rows, 200) for name, term in zip(names, row, strict=True) if term}
    assert not bound & unbound


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_text_can_be_linted(text: str) -> None:
    _hold(text)


@pytest.mark.slow
def test_our_own_queries_and_rules_are_clean() -> None:
    from unpact.corpus import bundled
    from unpact.graph.view import build_view
    from unpact.query.lint.files import read_queries, stored_queries

    corpus = bundled()
    # the examples of --explain are wrong on purpose, and the checks of ontologies have headers of their own
    apart = {"written", "ontology_checks"}
    own = [path for path in (ROOT / "src").rglob("*.rq") if apart.isdisjoint(path.parts)]
    sources = [*stored_queries(corpus), *read_queries([*own, ROOT / "ontology" / "rules"])]
    findings = lint_queries(sources, Vocabulary(build_view(corpus)))
    worse = [each for each in findings if each.severity.reaches(Severity.WARNING)]
    assert [f"{each.place}: {each.message} [{each.check}]" for each in worse] == []
