"""Sentences behind rows: each construct leads to the triples it matched, and these to sentences."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from unpact.errors import UsageError
from unpact.evidence.index import EvidenceIndex
from unpact.evidence.premises import reading_order
from unpact.evidence.rows import sentences_behind_rows
from unpact.graph.memory import MemoryGraph
from unpact.names import ID, SOURCE, TOPIC
from unpact.query.run import run_text


def _graph() -> MemoryGraph:
    store = Store()
    store.load(path=str(Path(__file__).with_name("query_world.trig")), format=RdfFormat.TRIG)
    return MemoryGraph(store)


GRAPH = _graph()


def _cited(text: str) -> dict[tuple[str, ...], list[str]]:
    result = run_text(GRAPH, text)
    found = sentences_behind_rows(GRAPH, text, result.variables, result.rows, EvidenceIndex(GRAPH))
    assert len(found) == len(result.rows)
    keys = [tuple(_short(term) for term in row) for row in result.rows]
    return {
        key: [sentence.value.removeprefix(SOURCE) for sentence in sentences]
        for key, sentences in zip(keys, found, strict=True)
    }


def _short(term: object) -> str:
    if isinstance(term, NamedNode):
        return term.value.removeprefix(ID).removeprefix(TOPIC)
    return term.value if isinstance(term, Literal) else ""


CASES: list[tuple[str, str, dict[tuple[str, ...], list[str]]]] = [
    (
        "an annotated triple rests on its own sentence",
        "SELECT ?when { id:unodc unp:established ?when }",
        {("1977",): ["2.2.1"]},
    ),
    (
        "a triple without annotation rests on its subject's sentence",
        "SELECT ?topic { id:unodc unp:worksOn ?topic }",
        {("drugs",): ["2.2.2"], ("corruption",): ["2.1.1"]},
    ),
    (
        "types and labels count only where nothing else does",
        "SELECT ?label ?when { ?x a unp:Office ; rdfs:label ?label OPTIONAL { ?x unp:established ?when } }",
        {
            ("Office on Drugs", "1977"): ["2.2.1"],
            ("Field office", ""): ["2.1.2"],
            ("Desk", ""): ["2.1.3"],
        },
    ),
    (
        "an optional part gives evidence only where it matched",
        "SELECT ?act ?date { ?act unp:actor ?s ; a unp:Act OPTIONAL { ?act unp:date ?date } }",
        {
            ("act-1", "2007-08-31"): ["3.2.1"],
            ("act-2", "2010-01"): ["3.2.9", "3.2.10"],
            ("act-3", ""): ["3.2.3"],
        },
    ),
    (
        "an optional part whose variables are bound elsewhere must hold to count",
        (
            "SELECT ?s { VALUES ?s { id:pakistan id:congo } ?s unp:iso2|unp:iso3|rdfs:label ?c "
            "OPTIONAL { ?s unp:neighbourOf id:iran } FILTER(?c IN ('PK', 'Congo'@en)) }"
        ),
        {("pakistan",): ["1.1.1"], ("congo",): ["1.1.4"]},
    ),
    (
        "a union gives the evidence of the branch",
        "SELECT ?s ?o { { ?s unp:seatOf ?o } UNION { ?s unp:worksOn ?o } UNION { ?o unp:actor ?s } }",
        {
            ("unodc", "drugs"): ["2.2.2"],
            ("unodc", "corruption"): ["2.1.1"],
            ("pakistan", "act-1"): ["3.2.1"],
            ("pakistan", "act-2"): ["3.2.9", "3.2.10"],
            ("pakistan", "standing-1"): ["3.2.1"],
            ("pakistan", "standing-2"): ["3.2.9", "3.2.10"],
            ("iran", "act-3"): ["3.2.3"],
        },
    ),
    (
        "groups: every member counts, the numbers do not",
        (
            "SELECT ?s (COUNT(?a) AS ?n) (COUNT(?a) + 1 AS ?more) { ?a a unp:Act ; unp:actor ?s } "
            "GROUP BY ?s HAVING (COUNT(?a) > 1) LIMIT 5"
        ),
        {("pakistan", "2", "3"): ["3.2.1", "3.2.9", "3.2.10"]},
    ),
    (
        "a group by expression",
        (
            "SELECT ?year (COUNT(*) AS ?n) { ?a unp:actor id:pakistan ; unp:date ?d } "
            "GROUP BY (SUBSTR(STR(?d), 1, 4) AS ?year) ORDER BY ?year"
        ),
        {("2007", "1"): ["3.2.1"], ("2010", "1"): ["3.2.9", "3.2.10"]},
    ),
    (
        "one group of everything",
        "SELECT (COUNT(*) AS ?n) { ?a a unp:Act }",
        {("3",): ["3.2.1", "3.2.3", "3.2.9", "3.2.10"]},
    ),
    (
        "a sub-query is opened, its names kept apart from those outside",
        (
            "SELECT ?s ?n ?a { ?s unp:iso2 ?a { SELECT ?s (COUNT(?a) AS ?n) "
            "{ ?a unp:actor ?s ; unp:treaty [ unp:acronym ?code ] ; a unp:Act } GROUP BY ?s } "
            "FILTER(?n > 1) }"
        ),
        {("pakistan", "2", "PK"): ["3.2.1", "3.2.9", "3.2.10"]},
    ),
    (
        "exists counts, not exists and minus do not",
        (
            "SELECT ?s { ?s a unp:State FILTER EXISTS { ?a unp:actor ?s ; unp:treaty id:untoc } "
            "FILTER NOT EXISTS { ?s unp:agencyOf ?b } MINUS { ?s unp:iso2 'IR' } }"
        ),
        {("pakistan",): ["3.2.9", "3.2.10"]},
    ),
    (
        "values, bind, filter and named graphs",
        (
            "SELECT (STR(?d) AS ?day) ?t { VALUES ?a { id:act-1 id:act-2 } GRAPH ?g { ?a unp:date ?d } "
            "?a unp:treaty ?x . BIND(STRAFTER(STR(?x), 'id/') AS ?t) FILTER(STRLEN(?t) > 2) }"
        ),
        {("2007-08-31", "uncac"): ["3.2.1"], ("2010-01", "untoc"): ["3.2.9", "3.2.10"]},
    ),
    (
        "a sequence of properties, forwards and backwards",
        "SELECT ?code { id:pakistan ^unp:actor/unp:treaty/unp:acronym ?code FILTER(?code = 'UNCAC') }",
        {("UNCAC",): ["3.2.1"]},
    ),
    (
        "repeated properties: every link on the way",
        "SELECT ?whole { id:desk unp:agencyOf/unp:partOf+ ?whole }",
        {("unodc",): ["2.1.2", "2.1.3"]},
    ),
    ("no link at all", "SELECT ?x { id:act-1 unp:partOf* ?x . ?x unp:actor ?y }", {("act-1",): ["3.2.1"]}),
    (
        "an optional link",
        "SELECT ?o { id:act-3 unp:actor/unp:neighbourOf? ?o }",
        {("iran",): ["3.2.3"], ("pakistan",): ["1.1.1", "3.2.3"]},
    ),
    (
        "any property but one",
        "SELECT ?o { id:act-3 !(rdf:type|unp:statedIn|unp:actor) ?o }",
        {("uncac",): ["3.2.3"]},
    ),
    (
        "an inverse, through a transitive and a narrower property",
        "SELECT ?part { id:unodc unp:hasPart ?part }",
        {("field-office",): ["2.1.2"], ("desk",): ["2.1.2", "2.1.3"]},
    ),
    ("a symmetric property", "SELECT ?s { ?s unp:neighbourOf id:pakistan }", {("iran",): ["1.1.1"]}),
    (
        "a derived node rests on what it was derived from",
        "SELECT ?treaty { ?standing unp:actor id:pakistan ; unp:treaty ?treaty ; unp:status unp:Party }",
        {("uncac",): ["3.2.1"], ("untoc",): ["3.2.9", "3.2.10"]},
    ),
    ("ask", "ASK { id:unodc unp:worksOn topic:drugs }", {("true",): ["2.2.2"]}),
    ("ask for what is not so", "ASK { id:unodc unp:worksOn id:iran }", {("false",): []}),
    (
        "select everything",
        "SELECT * { ?a unp:actor id:iran ; unp:treaty ?t }",
        {("act-3", "uncac"): ["3.2.3"]},
    ),
    (
        "constructed triples that hold",
        "CONSTRUCT WHERE { id:act-3 unp:treaty ?t }",
        {("act-3", "https://w3id.org/unpact/ontology#treaty", "uncac"): ["3.2.3"]},
    ),
    (
        "the ontology rests on no sentence",
        "SELECT ?c { ?c rdfs:subClassOf unp:Body }",
        {("https://w3id.org/unpact/ontology#Office",): []},
    ),
]


@pytest.mark.parametrize(("text", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_sentences_behind_rows(text: str, wanted: dict[tuple[str, ...], list[str]]) -> None:
    assert _cited(text) == wanted


def test_quoted_triples_are_refused_with_their_place() -> None:
    with pytest.raises(UsageError, match=r"cannot be cited: .*line 2, column 3"):
        sentences_behind_rows(GRAPH, "SELECT * {\n  << ?s ?p ?o >> ?q ?r }", (), [], EvidenceIndex(GRAPH))


def test_reading_order_counts() -> None:
    sentences = ["2.10.1", "2.9.10", "2.9.9", "10.1.1"]
    assert sorted(sentences, key=reading_order) == ["2.9.9", "2.9.10", "2.10.1", "10.1.1"]
