"""The shape of a query, compared with what rdflib's parser makes of the same text."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from unpact.names import PREFIXES
from unpact.query import algebra as alg
from unpact.query.cursor import ShapeError
from unpact.query.parse import parse_query
from unpact.query.prefixes import undeclared_prefixes
from unpact.query.tokens import significant, tokenize

PROLOGUE = "PREFIX a: <http://a/> "
QUERIES = [
    "SELECT * { ?s ?p ?o }",
    "SELECT ?s { ?s a a:C ; a:p ?o , 'x'@en , '1'^^a:t ; a:q -5 , 1.5 , true . ?o a:r ?z . }",
    "SELECT ?s WHERE { ?s a:p ?o OPTIONAL { ?o a:q ?r FILTER(?r > 3) } FILTER(?o != 'a b { c') }",
    "SELECT ?s { { ?s a:p ?o } UNION { ?s a:q ?o } UNION { ?s a:r ?o . ?o a:t ?u } }",
    "SELECT ?s { GRAPH ?g { ?s a:p ?o } GRAPH a:g { ?o a:q ?r } }",
    "SELECT ?s { ?s a:p [ a:q ?x ; a:r [ a:t 'deep' ] ] . [ a:u ?s ] a:v ?w . [ a:z ?s ] }",
    "SELECT ?s { ?s a:p ( ?one a:two 'three' ) . _:b a:q ?s ; a:r _:b }",
    "SELECT ?s { ?s a:p/a:q ?o . ?o ^a:r ?z . ?z (a:s|^a:t)* ?y . ?y a:u+/a:v? ?x . ?x !(a:w|^a:x) ?w }",
    (
        "SELECT ?s (COUNT(DISTINCT ?o) AS ?n) { ?s a:p ?o } GROUP BY ?s HAVING (COUNT(?o) > 1) "
        "ORDER BY DESC(?n) ?s LIMIT 5 OFFSET 1"
    ),
    "SELECT ?y (SUM(?n) AS ?all) { ?s a:p ?n ; a:q ?d } GROUP BY (YEAR(?d) AS ?y)",
    "SELECT ?s ?n { ?s a:p ?o { SELECT ?s (COUNT(*) AS ?n) { ?s a:q ?z } GROUP BY ?s ORDER BY ?s LIMIT 3 } }",
    (
        "SELECT ?s { ?s a:p ?o BIND(CONCAT(STR(?o), '}') AS ?c) VALUES (?s ?x) { (a:x 1) (UNDEF 2) } } "
        "VALUES ?z { 'z' }"
    ),
    "SELECT ?s { ?s a:p ?o MINUS { ?s a:q ?z } FILTER EXISTS { ?s a:r ?q } FILTER NOT EXISTS { ?s a:t ?w } }",
    "SELECT ?s { ?s a:p ?o FILTER regex(?o, '^a') FILTER <http://www.w3.org/2001/XMLSchema#boolean>(?o) }",
    "ASK { ?s a:p ?o }",
    "CONSTRUCT { ?s a:x ?o } WHERE { ?s a:p ?o }",
    "DESCRIBE ?s WHERE { ?s a:p ?o }",
    "SELECT DISTINCT $s FROM <http://a/g> FROM NAMED a:h WHERE { $s a:p ?o }",
    "SELECT ?s { ?s a:p ?o ; ; a:q ?r ; . FILTER(?o IN (1, 2)) . }",
    "SELECT ?s { ?s a:p ?o }# a comment { \n ORDER BY ?s",
]


def _rdflib_triples(text: str) -> list[tuple[object, ...]]:
    """All triples that rdflib finds outside MINUS, NOT EXISTS and expressions; paths as one word."""
    found: list[tuple[object, ...]] = []

    def walk(node: object) -> None:
        if isinstance(node, dict):
            name = getattr(node, "name", "")
            for key, value in node.items():
                if name == "Minus" and key == "p2":
                    continue
                if name == "BGP" and key == "triples":
                    found.extend(value)
                elif key in ("p", "p1", "p2", "graph"):
                    walk(value)

    walk(translateQuery(parseQuery(text)).algebra)
    return [
        tuple("path" if isinstance(term, rdflib.paths.Path) else _word(term) for term in triple)
        for triple in found
    ]


def _word(term: rdflib.term.Identifier) -> str:
    if isinstance(term, rdflib.Variable | rdflib.BNode):
        return "variable"
    return str(term)


def _our_triples(text: str) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []

    def walk(group: alg.Group) -> None:
        for element in group.elements:
            match element:
                case alg.Triples(patterns):
                    found.extend(
                        tuple(_our_word(term) for term in (p.subject, p.predicate, p.object))
                        for p in patterns
                    )
                case alg.Nested(_, inner):
                    walk(inner)
                case alg.Union(branches):
                    for branch in branches:
                        walk(branch)
                case alg.SubSelect(query):
                    walk(query.where)

    walk(parse_query(text).where)
    return found


def _our_word(term: str | alg.Path) -> str:
    if not isinstance(term, str):
        return "path"
    if term.startswith("?"):
        return "variable"
    if term == "a":
        return str(rdflib.RDF.type)
    (row,) = rdflib.Graph().query(f"{PROLOGUE} SELECT ({term} AS ?x) {{ }}")
    return str(row[0])


def _without_path_steps(triples: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """rdflib takes sequences apart and turns inverses round; what both leave whole is compared."""
    return sorted(triple for triple in triples if triple[1] != "path")


@pytest.mark.parametrize("query", [query for query in QUERIES if "/" not in query.replace("<http://a/", "")])
def test_the_same_triples_as_rdflib(query: str) -> None:
    text = PROLOGUE + query
    assert _without_path_steps(_our_triples(text)) == _without_path_steps(_rdflib_triples(text))


@pytest.mark.parametrize("query", QUERIES)
def test_columns_and_engine_agree(query: str) -> None:
    text = PROLOGUE + query
    answer = Store().query(text)
    parsed = parse_query(text)
    assert text.endswith(alg.text_of(parsed.tokens[-1:])) or "#" in text
    if parsed.columns is not None:
        assert [column.variable for column in parsed.columns] == [
            f"?{name.value}" for name in answer.variables
        ]
    # the tokens alone still are the same query
    Store().query(f"{alg.text_of(parsed.prologue)} {alg.text_of(parsed.tokens)}")


def test_paths_are_read_with_their_precedence() -> None:
    parsed = parse_query(PROLOGUE + "SELECT * { ?s a:p|^a:q/a:r*/(a:s|!a:t)+ ?o }")
    (element,) = parsed.where.elements
    assert isinstance(element, alg.Triples)
    assert element.patterns[0].predicate == alg.Choice(
        (
            alg.Step("a:p"),
            alg.Chain(
                (
                    alg.Inverse(alg.Step("a:q")),
                    alg.Repeat(alg.Step("a:r"), "*"),
                    alg.Repeat(alg.Choice((alg.Step("a:s"), alg.Negated("!a:t"))), "+"),
                )
            ),
        )
    )
    assert alg.path_text(element.patterns[0].predicate) == "(a:p)|((^(a:q))/((a:r)*)/(((a:s)|(!a:t))+))"


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(st.sampled_from(QUERIES), st.data())
def test_what_the_engine_reads_has_a_shape(query: str, data: st.DataObject) -> None:
    """Random cuts of good queries, between words: whatever the engine still accepts, this parser accepts.

    (Words are kept apart because the engine reads ``ORDERBY`` as ``ORDER BY``, which no standard asks for.)
    """
    tokens = [token.text for token in tokenize(query)]
    start = data.draw(st.integers(0, len(tokens)))
    end = data.draw(st.integers(start, len(tokens)))
    cut = PROLOGUE + "".join(tokens[:start]) + " " + "".join(tokens[end:])
    try:
        Store().query(cut)
    except SyntaxError:
        return
    except RuntimeError:
        pass  # it was read, and calls a function that does not exist
    parse_query(cut)


@given(st.text())
def test_any_text_has_a_shape_or_a_place(text: str) -> None:
    problem = _problem(text)
    assert problem is None or 0 <= problem.offset <= len(text)


def _problem(text: str) -> ShapeError | None:
    try:
        parse_query(text)
    except ShapeError as error:
        return error
    return None


def test_undeclared_prefix() -> None:
    code = significant(tokenize("PREFIX b: <http://b/> SELECT * { ?s b:p unp:q ; nope:r ?o }"))
    token = next(undeclared_prefixes(code, PREFIXES), None)
    assert token is not None
    assert token.text == "nope:r"


def test_our_own_queries_have_a_shape() -> None:
    # the examples of --explain are wrong on purpose
    own = (Path(__file__).parents[2] / "src" / "unpact").rglob("*.rq")
    files = sorted(path for path in own if "written" not in path.parts)
    assert files
    for file in files:
        parse_query(file.read_text(encoding="utf-8"))


def test_parts_know_where_they_are_written() -> None:
    text = "SELECT ?s { ?s a:p/a:q [ a:r 'x'@en ] , -5 OPTIONAL { ?s a ?k } }"
    triples, optional = parse_query(text).where.elements
    assert isinstance(triples, alg.Triples)
    written = [[text[span.start : span.end] for span in pattern.spans] for pattern in triples.patterns]
    assert written == [
        ["[", "a:r", "'x'@en"],
        ["?s", "a:p/a:q", "[ a:r 'x'@en ]"],
        ["?s", "a:p/a:q", "-5"],
    ]
    assert isinstance(optional, alg.Nested)
    assert [token.text for token in optional.head] == ["OPTIONAL"]


def test_groups_inside_expressions_are_read() -> None:
    text = "SELECT * { ?s ?p ?o FILTER(?o > 1 && NOT EXISTS { ?s a ?k FILTER EXISTS { ?k ?x 1 } }) "
    text += "MINUS { ?s a ?o } }"
    _, condition, minus = parse_query(text).where.elements
    assert isinstance(condition, alg.Filter)
    (test,) = condition.tests
    assert [token.text for token in test.head] == ["NOT", "EXISTS"]
    assert [type(element) for element in test.group.elements] == [alg.Triples, alg.Exists]
    assert isinstance(minus, alg.Minus)
    assert set(alg.variables(minus.group)) == {"?s", "?o"}


def test_what_stands_around_the_pattern_is_kept() -> None:
    text = "CONSTRUCT { ?s a [] } { ?s ?p ?o } GROUP BY YEAR(?o) HAVING(COUNT(?p) > 1) LIMIT 2"
    parsed = parse_query(text)
    assert parsed.template is not None
    assert [pattern.subject for pattern in parsed.template.patterns] == ["?s"]
    assert alg.text_of(parsed.grouping) == "YEAR(?o)"
    assert alg.text_of(parsed.having) == "(COUNT(?p) > 1)"
    assert parsed.limit is not None
    assert parsed.limit.start == text.index("LIMIT")
    assert alg.text_of(parse_query("DESCRIBE ?s a:b { ?s ?p ?o }").described) == "?s a:b"
