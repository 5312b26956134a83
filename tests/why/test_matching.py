"""What is explained of each construct of a query, on a small world and on every kind of graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store

from unpact.errors import QuerySyntaxError, UsageError
from unpact.graph.memory import MemoryGraph
from unpact.graph.rdflib_engine import RdflibGraph
from unpact.names import ID, RDF, UNP
from unpact.query.run import run_text
from unpact.why.matching import explain_rows, facts
from unpact.why.parts import ExistsMatch, FilterTest, PathMatch, facts_of_parts
from unpact.why.whole import ways_of_constructed

from ..servers.sparql_server import Reply, from_store, serving  # noqa: TID252 - test folders are no packages
from .checking import Check, facts_in, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.graph.interface import Graph
    from unpact.why.parts import Explanation, Solution

STORE = Store()
STORE.load(path=str(Path(__file__).with_name("world.trig")), format=RdfFormat.TRIG)
MEMORY = MemoryGraph(STORE)


@pytest.fixture(scope="module", params=["memory", "rdflib", "remote"])
def graph(request: pytest.FixtureRequest) -> Iterator[Graph]:
    if request.param == "memory":
        yield MEMORY
    elif request.param == "rdflib":
        yield RdflibGraph.copy_of(MEMORY)
    else:
        pytest.importorskip("httpx", reason="the extra unpact[remote] is not installed")
        from unpact.graph.remote import RemoteGraph

        with serving(from_store(STORE, union=True)) as server:
            remote = RemoteGraph(server.url)
            yield remote
            remote.close()


def explained(graph: Graph, text: str) -> list[Explanation]:
    result = run_text(graph, text)
    found = explain_rows(graph, text, result.variables, result.rows)
    assert [each.row for each in found] == [tuple(row) for row in result.rows]
    assert {each.variables for each in found} <= {result.variables}
    return found


# Each: what it shows, the query, and the lines that each row of its answer comes to.
CASES: list[tuple[str, str, list[list[str]]]] = [
    (
        "triple patterns, in their order, also of what is not selected",
        "SELECT ?s { ?a unp:actor ?s . ?a unp:treaty id:trade }",
        [
            [
                "solution 1 of 1",
                "  ?a unp:actor ?s -> act-2 actor utopia",
                "  ?a unp:treaty id:trade -> act-2 treaty trade",
            ]
        ],
    ),
    (
        "several solutions behind one row",
        "SELECT DISTINCT ?s { ?a unp:actor ?s ; a unp:Act } ORDER BY ?s",
        [
            [
                "solution 1 of 1",
                "  ?a unp:actor ?s -> act-3 actor erewhon",
                "  ?a a unp:Act -> act-3 type Act",
            ],
            [
                "solution 1 of 2",
                "  ?a unp:actor ?s -> act-1 actor utopia",
                "  ?a a unp:Act -> act-1 type Act",
                "solution 2 of 2",
                "  ?a unp:actor ?s -> act-2 actor utopia",
                "  ?a a unp:Act -> act-2 type Act",
            ],
        ],
    ),
    (
        "an optional part that matched, and what was looked for where it did not",
        "SELECT * { ?a a unp:Act OPTIONAL { ?a unp:date ?d } } ORDER BY DESC(?a) LIMIT 2",
        [
            ["solution 1 of 1", "  ?a a unp:Act -> act-3 type Act", "  no id:act-3 unp:date ?d"],
            [
                "solution 1 of 1",
                "  ?a a unp:Act -> act-2 type Act",
                "  optional",
                "    ?a unp:date ?d -> act-2 date 2004-05-06",
            ],
        ],
    ),
    (
        "an optional part that binds nothing new",
        "SELECT ?s { ?s a unp:State ; unp:name ?n OPTIONAL { id:office unp:seat ?s } } ORDER BY ?s",
        [
            [
                "solution 1 of 1",
                "  ?s a unp:State -> erewhon type State",
                "  ?s unp:name ?n -> erewhon name Erewhon",
                "  no id:office unp:seat id:erewhon",
            ],
            [
                "solution 1 of 1",
                "  ?s a unp:State -> utopia type State",
                "  ?s unp:name ?n -> utopia name Utopia",
                "  optional",
                "    id:office unp:seat ?s -> office seat utopia",
            ],
        ],
    ),
    (
        "the branch of a union, and both where both match",
        (
            "SELECT DISTINCT ?s { { ?s unp:name 'Utopia' } UNION { ?s unp:name 'Nowhere' } "
            "UNION { id:office unp:seat ?s } }"
        ),
        [
            [
                "solution 1 of 2",
                "  branch 1 of 3",
                "    ?s unp:name 'Utopia' -> utopia name Utopia",
                "solution 2 of 2",
                "  branch 3 of 3",
                "    id:office unp:seat ?s -> office seat utopia",
            ]
        ],
    ),
    (
        "a shortest way along a repeated property",
        "SELECT ?w { id:desk unp:partOf+ ?w . ?w unp:seat ?s }",
        [
            [
                "solution 1 of 1",
                "  path desk to office: ['desk partOf unit', 'unit partOf office']",
                "  ?w unp:seat ?s -> office seat utopia",
            ]
        ],
    ),
    (
        "a way of length zero, and one round a circle",
        "SELECT DISTINCT ?a { VALUES ?a { id:ring } ?a unp:next* ?a . ?a unp:next+ ?a }",
        [
            [
                "solution 1 of 1",
                "  line 1 of 1: a ring",
                "  path ring to ring: []",
                "  path ring to ring: ['ring next chain', 'chain next ring']",
            ]
        ],
    ),
    (
        "a way backwards, through alternatives, and along any other property",
        (
            "SELECT ?x { id:peace (^unp:treaty/(unp:actor|unp:date)/!(unp:name|rdf:type)?) ?x . "
            "?x unp:name 'Erewhon' }"
        ),
        [
            [
                "solution 1 of 1",
                "  path peace to erewhon: ['^act-3 treaty peace', 'act-3 actor erewhon']",
                "  ?x unp:name 'Erewhon' -> erewhon name Erewhon",
            ]
        ],
    ),
    (
        "what does not exist, among how many",
        "SELECT ?s { ?s a unp:State FILTER NOT EXISTS { ?act unp:actor ?s ; unp:treaty id:peace } }",
        [
            [
                "solution 1 of 1",
                "  ?s a unp:State -> laputa type State",
                "  NOT EXISTS ?act unp:actor id:laputa . ?act unp:treaty id:peace (s laputa) of 2",
            ]
        ],
    ),
    (
        "what was not taken away",
        "SELECT ?s { ?s a unp:State MINUS { ?act unp:actor ?s } MINUS { ?other unp:seat ?where } }",
        [
            [
                "solution 1 of 1",
                "  ?s a unp:State -> laputa type State",
                "  MINUS ?act unp:actor id:laputa (s laputa) of 3",
                "  MINUS ?other unp:seat ?where () of 1",
            ]
        ],
    ),
    (
        "a filter that looks outside, in what does not exist",
        (
            "SELECT ?a { ?a unp:date ?d FILTER NOT EXISTS { ?b unp:date ?other . FILTER(?other > ?d) "
            "FILTER(BOUND(?d)) } }"
        ),
        [
            [
                "solution 1 of 1",
                "  ?a unp:date ?d -> act-2 date 2004-05-06",
                (
                    '  NOT EXISTS VALUES ?d { "2004-05-06"^^xsd:date } ?b unp:date ?other '
                    "FILTER(?other > ?d) FILTER(BOUND(?d)) (d 2004-05-06) of 2"
                ),
            ]
        ],
    ),
    (
        "what exists, with its matches",
        (
            "SELECT ?s { ?s a unp:State FILTER EXISTS { ?a unp:actor ?s OPTIONAL { ?a unp:date ?d } } } "
            "ORDER BY ?s LIMIT 1"
        ),
        [
            [
                "solution 1 of 1",
                "  ?s a unp:State -> erewhon type State",
                "  exists ?a unp:actor id:erewhon OPTIONAL { ?a unp:date ?d }",
                "    solution 1 of 1",
                "      ?a unp:actor ?s -> act-3 actor erewhon",
                "      no id:act-3 unp:date ?d",
            ]
        ],
    ),
    (
        "expressions with their values, and the tests in them",
        (
            "SELECT ?a { ?a a unp:Act ; unp:actor ?s BIND(STRAFTER(STR(?a), '-') AS ?n) "
            "FILTER(?n = '3' || !EXISTS { ?a unp:date ?d } || EXISTS { ?s unp:name 'Nobody' }) }"
        ),
        [
            [
                "solution 1 of 1",
                "  ?a a unp:Act -> act-3 type Act",
                "  ?a unp:actor ?s -> act-3 actor erewhon",
                "  n = STRAFTER(STR(id:act-3), '-') = 3",
                (
                    "  filter \"3\" = '3' || !EXISTS { id:act-3 unp:date ?d } "
                    "|| EXISTS { id:erewhon unp:name 'Nobody' }"
                ),
                "    EXISTS id:act-3 unp:date ?d (a act-3) of 2",
                "    EXISTS id:erewhon unp:name 'Nobody' (s erewhon) of 0",
            ]
        ],
    ),
    (
        "lines of values",
        (
            "SELECT * { VALUES (?t ?n) { (id:peace UNDEF) (id:trade 'Utopia') } "
            "?a unp:treaty ?t ; unp:actor [ unp:name ?n ] } ORDER BY ?a LIMIT 2"
        ),
        [
            [
                "solution 1 of 1",
                "  line 1 of 2: t peace, n -",
                "  ?a unp:treaty ?t -> act-1 treaty peace",
                "  ?blank__0 unp:name ?n -> utopia name Utopia",
                "  ?a unp:actor ?blank__0 -> act-1 actor utopia",
            ],
            [
                "solution 1 of 1",
                "  line 2 of 2: t trade, n Utopia",
                "  ?a unp:treaty ?t -> act-2 treaty trade",
                "  ?blank__0 unp:name ?n -> utopia name Utopia",
                "  ?a unp:actor ?blank__0 -> act-2 actor utopia",
            ],
        ],
    ),
    (
        "a named graph",
        (
            "SELECT ?a { GRAPH ?g { ?a unp:seat ?s . ?d unp:partOf/unp:partOf ?a "
            "OPTIONAL { ?a unp:name ?n } } GRAPH <urn:g:acts> { ?s a unp:State } FILTER(?d = id:desk) }"
        ),
        [
            [
                "solution 1 of 1",
                "  ?a unp:seat ?s -> office seat utopia in parts",
                "  path desk to office in parts: ['desk partOf unit', 'unit partOf office']",
                "  no GRAPH <urn:g:parts> { id:office unp:name ?n }",
                "  ?s a unp:State -> utopia type State in acts",
                "  filter id:desk = id:desk",
            ]
        ],
    ),
    (
        "groups: the keys, the number of solutions, and these",
        (
            "SELECT ?s (COUNT(?a) AS ?n) (MIN(?d) AS ?first) { ?a unp:actor ?s OPTIONAL { ?a unp:date ?d } } "
            "GROUP BY ?s HAVING(COUNT(?a) > 1)"
        ),
        [
            [
                "group s utopia of 2",
                "n = COUNT(?a) = 2",
                "first = MIN(?d) = 2001-02-03",
                "solution 1 of 2",
                "  ?a unp:actor ?s -> act-1 actor utopia",
                "  optional",
                "    ?a unp:date ?d -> act-1 date 2001-02-03",
                "solution 2 of 2",
                "  ?a unp:actor ?s -> act-2 actor utopia",
                "  optional",
                "    ?a unp:date ?d -> act-2 date 2004-05-06",
            ]
        ],
    ),
    (
        "groups that are told apart by a sample of them",
        (
            "SELECT (SAMPLE(?t) AS ?one) { ?a unp:actor ?s ; unp:treaty ?t "
            "FILTER(?t = id:trade || ?s = id:erewhon) } GROUP BY ?s ORDER BY ?one"
        ),
        [
            [
                f"group s {state} of 1",
                f"one = SAMPLE(?t) = {treaty}",
                "solution 1 of 1",
                f"  ?a unp:actor ?s -> {act} actor {state}",
                f"  ?a unp:treaty ?t -> {act} treaty {treaty}",
                f"  filter id:{treaty} = id:trade || id:{state} = id:erewhon",
            ]
            for state, act, treaty in (("erewhon", "act-3", "peace"), ("utopia", "act-2", "trade"))
        ],
    ),
    (
        "keys that are not shown, one of them without a name",
        (
            "SELECT (COUNT(*) AS ?n) { ?a unp:date ?d } GROUP BY SUBSTR(STR(?d), 1, 3) (YEAR(?d) AS ?y) "
            "HAVING(MIN(?d) < '2003-01-01'^^xsd:date)"
        ),
        [
            [
                "group y 2001, why__key1 200 of 1",
                "n = COUNT(*) = 1",
                "solution 1 of 1",
                "  ?a unp:date ?d -> act-1 date 2001-02-03",
                '  y = YEAR("2001-02-03"^^xsd:date) = 2001',
                '  why__key1 = SUBSTR(STR("2001-02-03"^^xsd:date), 1, 3) = 200',
            ]
        ],
    ),
    (
        "a group of nothing, and why there is nothing",
        "SELECT (COUNT(*) AS ?n) { ?a a unp:Act ; unp:treaty id:peace ; unp:actor id:laputa }",
        [
            [
                "group  of 0",
                "n = COUNT(*) = 0",
                "2 of ?a a unp:Act . ?a unp:treaty id:peace",
                "none with ?a unp:actor id:laputa",
            ]
        ],
    ),
    (
        "a sub-select with groups of its own, in an optional part too",
        (
            "SELECT ?s ?n { ?s a unp:State OPTIONAL { SELECT ?s (COUNT(?a) AS ?n) { ?a unp:actor ?s } "
            "GROUP BY ?s HAVING(COUNT(?a) < 2) } } ORDER BY ?s LIMIT 2"
        ),
        [
            [
                "solution 1 of 1",
                "  ?s a unp:State -> erewhon type State",
                "  optional",
                "    sub-select",
                "      group s erewhon of 1",
                "      n = COUNT(?a) = 1",
                "      solution 1 of 1",
                "        ?a unp:actor ?s -> act-3 actor erewhon",
            ],
            [
                "solution 1 of 1",
                "  ?s a unp:State -> laputa type State",
                (
                    "  no VALUES ?s { id:laputa } { SELECT ?s (COUNT(?a) AS ?n) { ?a unp:actor ?s } "
                    "GROUP BY ?s HAVING(COUNT(?a) < 2) }"
                ),
            ],
        ],
    ),
    (
        "sub-selects in each other and in a named graph, names kept apart",
        (
            "SELECT ?a { GRAPH ?g { { SELECT ?s { { SELECT DISTINCT ?s { ?a unp:treaty id:peace ; "
            "unp:actor ?s } } ?s unp:name 'Utopia' } } } ?a unp:actor ?s ; unp:treaty id:trade }"
        ),
        [
            [
                "solution 1 of 1",
                "  sub-select",
                "    solution 1 of 1",
                "      sub-select",
                "        solution 1 of 1",
                "          ?a unp:treaty id:peace -> act-1 treaty peace in acts",
                "          ?a unp:actor ?s -> act-1 actor utopia in acts",
                "      ?s unp:name 'Utopia' -> utopia name Utopia in acts",
                "  ?a unp:actor ?s -> act-2 actor utopia",
                "  ?a unp:treaty id:trade -> act-2 treaty trade",
            ]
        ],
    ),
    (
        "computed columns and values behind the pattern",
        "SELECT (STR(?n) AS ?name) { ?s unp:name ?n } VALUES ?s { id:laputa id:erewhon }",
        [
            [
                "solution 1 of 1",
                "  ?s unp:name ?n -> erewhon name Erewhon",
                '  name = STR("Erewhon") = Erewhon',
                "  line 2 of 2: s erewhon",
            ]
        ],
    ),
    (
        "what differs each time does not count",
        "SELECT ?s (RAND() AS ?r) { ?a unp:actor ?s ; unp:treaty id:trade }",
        [
            [
                "solution 1 of 1",
                "  ?a unp:actor ?s -> act-2 actor utopia",
                "  ?a unp:treaty id:trade -> act-2 treaty trade",
            ]
        ],
    ),
    (
        "yes, by one solution",
        "ASK { ?a a unp:Act ; unp:treaty id:trade }",
        [
            [
                "solution 1 of 1",
                "  ?a a unp:Act -> act-2 type Act",
                "  ?a unp:treaty id:trade -> act-2 treaty trade",
            ]
        ],
    ),
    (
        "no, and how far it goes",
        "ASK { ?a a unp:Act FILTER(?d > '2010-01-01'^^xsd:date) ?a unp:date ?d }",
        [
            [
                "2 of ?a a unp:Act . ?a unp:date ?d",
                "none with FILTER(?d > '2010-01-01'^^xsd:date)",
            ]
        ],
    ),
    ("no, from the first", "ASK { id:laputa unp:name ?n }", [["0 of ", "none with id:laputa unp:name ?n"]]),
    (
        "what made a constructed triple",
        (
            "CONSTRUCT { ?s unp:did [ a unp:Deed ] ; unp:joined ?t } "
            "{ ?a unp:actor ?s ; unp:treaty ?t FILTER(?t = id:trade) }"
        ),
        [
            [
                "solution 1 of 1",
                "  ?a unp:actor ?s -> act-2 actor utopia",
                "  ?a unp:treaty ?t -> act-2 treaty trade",
                "  filter id:trade = id:trade",
            ]
        ]
        * 3,
    ),
    (
        "a pattern that is its own template",
        "CONSTRUCT WHERE { id:office unp:seat ?s . ?a unp:actor ?s ; unp:treaty id:trade }",
        [
            [
                "solution 1 of 1",
                "  id:office unp:seat ?s -> office seat utopia",
                "  ?a unp:actor ?s -> act-2 actor utopia",
                "  ?a unp:treaty id:trade -> act-2 treaty trade",
            ]
        ]
        * 3,
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(("text", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_construct_is_explained(graph: Graph, text: str, wanted: list[list[str]]) -> None:
    found = explained(graph, text)
    assert [_without_volatile(told(each)) for each in found] == wanted
    check = Check(MEMORY, facts_in(STORE))
    assert [line for each in found for line in check.wrong(each)] == []


def _without_volatile(lines: list[str]) -> list[str]:
    return [line for line in lines if "RAND()" not in line]


def test_one_row_is_explained_as_it_is_among_all() -> None:
    for _, text, wanted in CASES:
        result = run_text(MEMORY, text)
        for row, lines in zip(result.rows, wanted, strict=True):
            (found,) = explain_rows(MEMORY, text, result.variables, [row])
            assert _without_volatile(told(found)) == lines


def test_described_triples_are_their_own_explanation(graph: Graph) -> None:
    found = explained(graph, "DESCRIBE id:laputa")
    assert [told(each) for each in found] == [
        ["solution 1 of 1", "  ?subject ?predicate ?object -> laputa type State"]
    ]


def test_facts_are_all_triples_once_without_those_that_do_not_support() -> None:
    text = (
        "SELECT ?s { ?a unp:actor ?s . ?s unp:name ?n FILTER EXISTS { ?a unp:treaty id:trade } "
        "FILTER(!EXISTS { ?s unp:seat ?x } || !EXISTS { ?a unp:date ?d }) OPTIONAL { ?a unp:actor ?s } "
        "OPTIONAL { ?a unp:treaty/^unp:treaty ?a } }"
    )
    (found,) = explained(MEMORY, text)
    assert [
        " ".join(str(term).strip('<>"').rpartition("/")[2] for term in fact) for fact in facts(found)
    ] == [
        "act-2 ontology#actor utopia",
        "utopia ontology#name Utopia",
        "act-2 ontology#treaty trade",
    ]
    (filtered,) = [part for part in found.solutions[0].parts if isinstance(part, FilterTest)]
    assert [(type(test), getattr(test, "supports", None)) for test in filtered.tests][1] == (
        ExistsMatch,
        False,
    )


def test_blank_nodes_are_found_again_where_the_store_keeps_their_names() -> None:
    for graph in (MEMORY, RdflibGraph.copy_of(MEMORY)):
        (found,) = explained(graph, "SELECT ?b { ?n unp:about+ ?b FILTER NOT EXISTS { ?b unp:date ?d } }")
        (path, negation) = found.solutions[0].parts
        assert isinstance(path, PathMatch)
        assert path.steps is not None
        assert [step.fact[2] for step in path.steps] == [found.row[0]]
        assert "_:" in negation.looked_for  # type: ignore[union-attr]


def test_a_remote_way_to_a_blank_node_is_said_to_be_unknown() -> None:
    pytest.importorskip("httpx", reason="the extra unpact[remote] is not installed")
    from unpact.graph.remote import RemoteGraph

    with serving(from_store(STORE, union=True)) as server:
        remote = RemoteGraph(server.url)
        result = run_text(remote, "SELECT ?n ?b { ?n unp:about+ ?b }")
        (found,) = explain_rows(remote, result.text, result.variables, result.rows)
        remote.close()
    assert isinstance(result.rows[0][1], BlankNode)
    ((part,),) = (solution.parts for solution in found.solutions)
    assert isinstance(part, PathMatch)
    assert part.steps is None


def test_an_inverse_in_a_set_of_excluded_properties() -> None:
    # rdflib finds no way back through such a set
    (found,) = explained(
        MEMORY,
        "SELECT DISTINCT ?x { id:peace !(unp:next|^rdf:type) ?x . ?x unp:date '2001-02-03'^^xsd:date }",
    )
    assert told(found)[1] == "  path peace to act-1: ['^act-1 treaty peace']"


def test_what_exists_where_only_one_branch_of_it_looks_outside() -> None:
    # rdflib does not see the outer value in the branch
    text = (
        "SELECT ?d { id:act-1 unp:date ?d FILTER EXISTS { { ?b unp:date ?other FILTER(?other > ?d) } "
        "UNION { ?b unp:name ?d } } }"
    )
    (found,) = explained(MEMORY, text)
    assert told(found)[3:] == [
        "    solution 1 of 1",
        "      branch 1 of 2",
        "        ?b unp:date ?other -> act-2 date 2004-05-06",
        '        filter "2004-05-06"^^xsd:date > "2001-02-03"^^xsd:date',
    ]


def test_an_optional_part_that_takes_itself_away() -> None:
    text = "SELECT ?s { ?s unp:seat ?x OPTIONAL { ?s unp:seat ?y MINUS { ?s ?p ?z } } }"
    (found,) = explained(MEMORY, text)
    assert told(found)[2:] == ["  no VALUES ?s { id:office } ?s unp:seat ?y MINUS { ?s ?p ?z }"]
    assert Check(MEMORY, facts_in(STORE)).wrong(found) == []


def test_a_lateral_group_sees_what_is_left_of_it() -> None:
    # an extension of the embedded engine
    text = "SELECT ?s { ?s a unp:State LATERAL { ?a unp:actor ?s FILTER(?s = id:erewhon) } }"
    (found,) = explained(MEMORY, text)
    assert told(found) == [
        "solution 1 of 1",
        "  ?s a unp:State -> erewhon type State",
        "  ?a unp:actor ?s -> act-3 actor erewhon",
        "  filter id:erewhon = id:erewhon",
    ]


def test_what_another_service_tells_is_not_of_this_graph() -> None:
    binding = f'{{"s": {{"type": "uri", "value": "{ID}laputa"}}}}'
    reply = Reply(
        f'{{"head": {{"vars": ["s"]}}, "results": {{"bindings": [{binding}]}}}}'.encode(),
        "application/sparql-results+json",
    )
    with serving(lambda _: reply) as server:
        text = f"SELECT ?s {{ ?s a unp:State SERVICE <{server.url}> {{ ?s <urn:floats> ?h }} }}"
        result = run_text(MEMORY, text, allow_network=True)
        (found,) = explain_rows(MEMORY, text, result.variables, result.rows)
    assert told(found) == [
        "solution 1 of 1",
        "  ?s a unp:State -> laputa type State",
        f"  SERVICE <{server.url}>: id:laputa <urn:floats> ?h",
    ]
    assert len(facts(found)) == 1


def test_a_triple_of_two_graphs_is_one_solution_given_twice() -> None:
    store = Store()
    store.extend(STORE)
    store.extend(Quad(*quad.triple, NamedNode("urn:g:copy")) for quad in STORE)
    (found,) = explained(MemoryGraph(store), "SELECT (COUNT(*) AS ?n) { ?x unp:seat ?y }")
    assert told(found) == [
        "group  of 2",
        "n = COUNT(*) = 2",
        "solution 1 of 2 x 2",
        "  ?x unp:seat ?y -> office seat utopia",
    ]


def test_counting_ends_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unpact.why.asking.MOST_COUNTED", 2)
    (found,) = explained(
        MEMORY, "SELECT ?s { ?s a unp:State FILTER NOT EXISTS { ?x unp:actor ?s . ?y a ?kind } }"
    )
    assert told(found)[-1].endswith("of 2 and more")


def test_many_rows_of_a_limited_query_are_asked_for_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "SELECT * { ?s unp:partOf ?o } ORDER BY ?s ?o LIMIT 4"
    whole = explained(MEMORY, text)
    monkeypatch.setattr("unpact.why.walk.MOST_ROWS", 3)
    assert explained(MEMORY, text) == whole


def test_quoted_triples_are_refused_with_their_place() -> None:
    with pytest.raises(UsageError, match=r"cannot be explained: .*line 2, column 3"):
        explain_rows(MEMORY, "SELECT * {\n  << ?s ?p ?o >> ?q ?r }", (), [])


def test_what_the_engine_cannot_read_is_refused() -> None:
    with pytest.raises(QuerySyntaxError):
        explain_rows(MEMORY, "SELECT ?s { ?s nowhere:p ?o }", ("s",), [(NamedNode("urn:s"),)])


def test_premises_of_one_triple(graph: Graph) -> None:
    rule = "CONSTRUCT { ?s unp:joined ?t } { ?a unp:actor ?s ; unp:treaty ?any BIND(unp:Any AS ?t) }"
    triple = (NamedNode(ID + "utopia"), NamedNode(UNP + "joined"), NamedNode(UNP + "Any"))
    other = (triple[0], NamedNode(RDF + "type"), triple[2])
    (found, none) = explain_rows(graph, rule, ("subject", "predicate", "object"), [triple, other])
    assert told(found) == [
        line
        for number, treaty in ((1, "peace"), (2, "trade"))
        for line in (
            f"solution {number} of 2",
            f"  ?a unp:actor ?s -> act-{number} actor utopia",
            f"  ?a unp:treaty ?any -> act-{number} treaty {treaty}",
            "  t = unp:Any = Any",
        )
    ]
    assert none.solutions == ()
    # all at once: the same triples, a way for each solution
    ways = ways_of_constructed(graph, rule)
    assert ways[triple] == [facts_of_solution(each) for each in found.solutions]
    assert other not in ways


def facts_of_solution(solution: Solution) -> tuple[object, ...]:
    return tuple(dict.fromkeys(facts_of_parts(solution.parts)))
