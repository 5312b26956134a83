from __future__ import annotations

from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from unpact.connections import Connection
from unpact.corpus import bundled
from unpact.elsewhere import open_elsewhere
from unpact.errors import StoreError, UsageError
from unpact.graph.dialects.here import evaluate_here
from unpact.graph.dialects.looks import EVERYTHING, Look, dataset_of, looks_of
from unpact.graph.dialects.profile import PROFILES, checked_profile, profile_of
from unpact.graph.dialects.virtuoso import EVALUATED_HERE, PlainBlankNodes, evaluated_here
from unpact.graph.interface import Solutions
from unpact.graph.loaded import loaded_graphs
from unpact.graph.memory import MemoryGraph
from unpact.graph.view import build_view
from unpact.names import DATASET, ID, MANIFEST_GRAPH, RDF, SKOS, UNP, VOID
from unpact.query.catalogue import Catalogue
from unpact.query.resolve import Resolver
from unpact.query.run import bound_text

from ..servers.sparql_server import Reply, from_store, serving  # noqa: TID252 - test folders are no packages

pytest.importorskip("httpx", reason="the extra unpact[remote] is not installed")

from unpact.graph.remote import RemoteGraph

if TYPE_CHECKING:
    from collections.abc import Callable

    from unpact.graph.interface import Row
    from unpact.query.stored import StoredQuery

    from ..servers.sparql_server import Asked  # noqa: TID252

TYPE = RDF + "type"
QUERIES = tuple(Catalogue(file.path for file in bundled().query_files()))
UNION = "urn:x-arq:UnionGraph"


@pytest.fixture(scope="module")
def memory() -> MemoryGraph:
    return build_view(bundled())


@pytest.fixture(scope="module")
def resolver(memory: MemoryGraph) -> Resolver:
    return Resolver(memory)


def asking(graph: MemoryGraph, most: int | None = None) -> Callable[[str], tuple[list[Row], bool]]:
    """Answers as a service that cuts its answers off at `most` rows."""

    def ask(text: str) -> tuple[list[Row], bool]:
        rows = list(graph.select(text))
        cut = most is not None and len(rows) >= most
        return rows[:most], cut

    return ask


def rows_of(answer: object) -> list[Row]:
    assert isinstance(answer, Solutions)
    return list(answer)


# which triples a query looks at


@pytest.mark.parametrize(
    ("where", "looks"),
    [
        ("?s unp:actor ?o", {Look(None, UNP + "actor", None)}),
        (
            "?s a unp:Treaty ; unp:actor id:x",
            {Look(None, TYPE, UNP + "Treaty"), Look(None, UNP + "actor", ID + "x")},
        ),
        ("?s a unp:Treaty . ?s a ?c", {Look(None, TYPE, None)}),
        ("id:x ^unp:actor ?o", {Look(None, UNP + "actor", ID + "x")}),
        ("?s unp:a/unp:b|^unp:c ?o", {Look(None, UNP + name, None) for name in "abc"}),
        (
            "?s skos:broader* id:x",
            {Look(None, SKOS + "broader", None), Look(ID + "x", None, None), Look(None, None, ID + "x")},
        ),
        ("?s skos:broader* id:x ; a ?c", {Look(None, SKOS + "broader", None), Look(None, TYPE, None)}),
        ("?s a ?c . ?c skos:broader* ?d", {Look(None, TYPE, None), Look(None, SKOS + "broader", None)}),
        ("?c skos:broader* ?d", {EVERYTHING}),
        ("?c skos:broader+ ?d", {Look(None, SKOS + "broader", None)}),
        ("?s !unp:actor ?o", {EVERYTHING}),
        ("?s ?p ?o", {EVERYTHING}),
        ("GRAPH ?g { }", {EVERYTHING}),
        ('?s unp:name "x"@en', {Look(None, UNP + "name", None)}),
        ("OPTIONAL { ?s unp:a ?o } MINUS { ?s unp:b ?o }", {Look(None, UNP + name, None) for name in "ab"}),
        (
            "?s unp:a ?o FILTER(?o = 1 || NOT EXISTS { ?o unp:b ?s })",
            {Look(None, UNP + name, None) for name in "ab"},
        ),
        (
            "{ SELECT ?s { ?s unp:a ?o } } UNION { ?s unp:b ?o }",
            {Look(None, UNP + name, None) for name in "ab"},
        ),
    ],
)
def test_what_a_query_looks_at(where: str, looks: set[Look]) -> None:
    assert looks_of(f"SELECT * WHERE {{ {where} }}") == looks


@pytest.mark.parametrize(
    "text",
    [
        "DESCRIBE id:x",
        "BASE <urn:x> SELECT * { ?s <y> ?o }",
        "SELECT ?s { ?s unp:a ?o } GROUP BY ?s HAVING (EXISTS { ?s unp:b ?o })",
        "SELECT * { this is no query",
    ],
)
def test_what_cannot_be_told_is_everything(text: str) -> None:
    assert looks_of(text) == {EVERYTHING}


def test_the_dataset_that_a_query_names() -> None:
    text = "PREFIX x: <urn:x:> SELECT * FROM x:a FROM NAMED <urn:b> { ?s ?p ?o }"
    assert dataset_of(text) == ("urn:x:a", "urn:b")


# an evaluation over a copy


@pytest.mark.slow
@pytest.mark.parametrize("query", QUERIES, ids=[query.name for query in QUERIES])
def test_a_copy_gives_the_rows_of_the_whole(
    query: StoredQuery, memory: MemoryGraph, resolver: Resolver
) -> None:
    text = bound_text(memory, query, query.examples[0], resolver=resolver)
    assert rows_of(evaluate_here(text, asking(memory), name="x")) == rows_of(memory.query(text))


@pytest.mark.slow
def test_little_is_copied_for_a_narrow_question(memory: MemoryGraph, resolver: Resolver) -> None:
    fetched = 0

    def ask(text: str) -> tuple[list[Row], bool]:
        nonlocal fetched
        rows, cut = asking(memory)(text)
        fetched += len(rows)
        return rows, cut

    (query,) = (query for query in QUERIES if query.name == "party-status")
    text = bound_text(memory, query, {"state": "PK", "treaty": "TIP"}, resolver=resolver)
    assert rows_of(evaluate_here(text, ask, name="x"))
    assert fetched < len(memory) / 50


TERMS = [f"<urn:{name}>" for name in "abcd"]
PREDICATES = ["<urn:p>", "<urn:q>", "a"]
terms = st.sampled_from(["?x", "?y", "?z", *TERMS[:2]])
paths = st.sampled_from(
    [*PREDICATES, "?y", "<urn:p>/<urn:q>", "<urn:p>|^<urn:q>", "<urn:p>*", "<urn:q>+", "^a"]
)
pattern = st.builds("{} {} {} .".format, terms, paths, terms)
small = st.lists(pattern, min_size=1, max_size=2).map(" ".join)
filters = st.sampled_from(
    [
        "FILTER(?x = <urn:a>)",
        "FILTER(?y IN (<urn:a>, <urn:b>))",
        "FILTER(!BOUND(?z))",
        "VALUES ?x { <urn:a> <urn:c> }",
        "VALUES ?y { UNDEF <urn:b> }",
        "FILTER EXISTS { ?x <urn:p> ?z }",
        "FILTER(?x != ?y || NOT EXISTS { ?y <urn:q> ?x . })",
    ]
)


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    one = st.one_of(
        inner,
        filters,
        st.builds("OPTIONAL {{ {} }}".format, inner),
        st.builds("MINUS {{ {} }}".format, inner),
        st.builds("{{ {} }} UNION {{ {} }}".format, inner, inner),
        st.builds("{{ {} }}".format, inner),
        st.builds("GRAPH ?g {{ {} }}".format, inner),
        st.builds("{{ SELECT ?x ?y {{ {} }} }}".format, inner),
        st.builds("{{ SELECT ?x (COUNT(?y) AS ?z) {{ {} }} GROUP BY ?x }}".format, inner),
        st.builds("{{ SELECT ?x ?z {{ {} }} ORDER BY ?x ?z LIMIT 2 }}".format, inner),
    )
    return st.lists(one, min_size=1, max_size=4).map(" ".join)


groups = st.recursive(small, _wrapped, max_leaves=6)
quads = st.lists(
    st.builds(
        "{} {} {} {} .".format,
        st.sampled_from(TERMS),
        st.sampled_from(["<urn:p>", "<urn:q>", f"<{TYPE}>"]),
        st.sampled_from([*TERMS, '"a"']),
        st.sampled_from(["<urn:g1>", "<urn:g2>"]),
    ),
    max_size=14,
).map("\n".join)


@pytest.mark.parametrize("where", ["?x <urn:p> ?y . ?x ?y ?z", "?x <urn:p> ?y OPTIONAL { ?x ?y ?x }"])
def test_what_is_found_for_a_variable_may_be_no_predicate(where: str) -> None:
    store = Store()
    said = [
        '<urn:a> <urn:p> "a" .',
        "<urn:a> <urn:p> <urn:p> .",
        "<urn:a> <urn:p> <urn:a> .",
        "_:b <urn:p> _:b .",
    ]
    store.load("\n".join(said), format=RdfFormat.N_TRIPLES, to_graph=NamedNode("urn:g"))
    graph = MemoryGraph(store)
    text = f"SELECT * WHERE {{ {where} }}"
    assert Counter(rows_of(evaluate_here(text, asking(graph), name="x"))) == Counter(
        rows_of(graph.query(text))
    )


@pytest.mark.slow
@given(groups, quads)
def test_a_copy_gives_the_rows_of_the_whole_for_any_query(where: str, data: str) -> None:
    store = Store()
    store.load(data, format=RdfFormat.N_QUADS)
    graph = MemoryGraph(store)
    text = f"SELECT * WHERE {{ {where} }}"
    wanted = Counter(rows_of(graph.query(text)))
    assert Counter(rows_of(evaluate_here(text, asking(graph), name="x"))) == wanted


ALL = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"


def _numbered(triples: int) -> MemoryGraph:
    store = Store()
    node = NamedNode("urn:p")
    store.extend(
        Quad(NamedNode(f"urn:{number}"), node, NamedNode("urn:o"), NamedNode("urn:g"))
        for number in range(triples)
    )
    return MemoryGraph(store)


@pytest.mark.slow
def test_what_is_cut_off_is_fetched_in_parts() -> None:
    graph = _numbered(200)
    assert len(rows_of(evaluate_here(ALL, asking(graph, most=10), name="x"))) == 200


def test_parts_that_do_not_fit_together_are_no_answer() -> None:
    graph = _numbered(25)

    def ask(text: str) -> tuple[list[Row], bool]:
        # as while somebody takes triples away
        return ([], False) if "FILTER" in text else asking(graph, most=10)(text)

    with pytest.raises(StoreError, match="the service has 25 triples to answer from and gives 0"):
        evaluate_here(ALL, ask, name="x")


def test_too_many_triples_are_not_fetched() -> None:
    with pytest.raises(StoreError, match="more than the 20 triples that are fetched"):
        evaluate_here(ALL, asking(_numbered(25), most=10), name="x", most=20)


# kinds of services


@pytest.mark.parametrize(
    ("headers", "url", "profile"),
    [
        (
            {"Server": "Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu"},
            "https://example.org/sparql",
            "virtuoso",
        ),
        ({"fuseki-request-id": "1"}, "https://example.org/data", "fuseki"),
        ({"Server": "Apache Jena Fuseki (3.17.0)"}, "https://example.org/data", "fuseki"),
        ({"server": "Oxigraph/0.4.0"}, "https://example.org/query", "oxigraph"),
        ({}, "https://my.cluster-x.eu-west-1.neptune.amazonaws.com:8182/sparql", "neptune"),
        ({}, "https://example.org/my.neptune.amazonaws.com", "generic"),
        ({"Server": "nginx"}, "https://example.org/rdf4j-server/repositories/facts", "rdf4j"),
        ({"Server": "GraphDB/10"}, "https://example.org/repositories/facts?infer=false", "graphdb"),
        ({"Server": "nginx"}, "https://example.org/repositories", "generic"),
        ({"Server": "nginx"}, "https://example.org/sparql?repository=/repositories/facts", "generic"),
    ],
)
def test_a_service_says_what_it_is(headers: dict[str, str], url: str, profile: str) -> None:
    assert profile_of(headers, url) == profile
    assert profile in PROFILES


def test_an_unknown_kind_is_refused() -> None:
    assert checked_profile(None) is None
    with pytest.raises(UsageError, match="there is no kind of service 'jena'"):
        RemoteGraph("http://localhost/sparql", profile="jena")


@pytest.mark.parametrize(
    ("construct", "text"),
    [
        ("OPTIONAL", "SELECT * { ?s ?p ?o OPTIONAL { ?o ?q ?r } }"),
        ("UNION", "SELECT * { { ?s ?p ?o } UNION { ?o ?q ?r } }"),
        ("path with *, + or ?", "SELECT * { ?s (unp:a/unp:b+) ?o }"),
        ("path with |", "SELECT * { ?s ^(unp:a|unp:b) ?o }"),
        ("BIND", "ASK { ?s ?p ?o BIND(?o AS ?x) }"),
        ("COALESCE", "SELECT (COALESCE(?o, 1) AS ?x) { ?s ?p ?o }"),
        ("IF", "SELECT * { { SELECT * { ?s ?p ?o FILTER(if(?o > 1, true, false)) } } }"),
        ("CONSTRUCT", "CONSTRUCT WHERE { ?s ?p ?o }"),
        ("DESCRIBE", "DESCRIBE id:x"),
    ],
)
def test_what_virtuoso_gets_wrong_is_evaluated_here(construct: str, text: str) -> None:
    assert evaluated_here(text) == construct
    assert construct in EVALUATED_HERE


@pytest.mark.parametrize(
    "text",
    [
        "SELECT DISTINCT ?s { ?s unp:a/unp:b ?o ; a unp:X FILTER(?o > 1) } ORDER BY ?s",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
        'SELECT * { ?s ?p "OPTIONAL { } UNION" } # IF',
        # only the service can follow it
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } OPTIONAL { ?s ?p ?o } }",
        # of Virtuoso's own
        "SELECT * { ?s ?p ?o OPTION(TRANSITIVE) }",
    ],
)
def test_all_else_is_sent_to_virtuoso(text: str) -> None:
    assert evaluated_here(text) is None


@pytest.mark.parametrize("size", [1, 2, 7, 4096])
def test_blank_nodes_of_virtuoso_get_names(size: int) -> None:
    class InPieces:
        def __init__(self, content: bytes) -> None:
            self._content = BytesIO(content)

        def read(self, _size: int = -1) -> bytes:
            return self._content.read(size)

    json = b'{ "s": { "type": "bnode", "value": "nodeID://b1" }, "o": { "value": "nodeID://b1" } }'
    xml = b"<bnode>nodeID://b1</bnode><literal>nodeID://b1</literal>"
    for content, form in ((json, "srj"), (xml, "srx")):
        answer = PlainBlankNodes(InPieces(content), form)
        assert b"".join(iter(lambda answer=answer: answer.read(5), b"")) == content.replace(
            b"nodeID://b1", b"b1", 1
        )


def _fuseki(store: Store) -> Callable[[Asked], Reply]:
    """Answers as Fuseki does, which has a name for the union of all named graphs."""
    answer = from_store(store)

    def respond(asked: Asked) -> Reply:
        if asked.form.get("default-graph-uri") == [UNION]:
            names = [graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode)]
            form = {**asked.form, "default-graph-uri": names}
            reply = answer(asked._replace(form={"named-graph-uri": ["urn:none"], **form}))
        else:
            reply = answer(asked)
        return reply._replace(headers=(("Fuseki-Request-Id", "1"),))

    return respond


OURS = ("urn:g1", "urn:g2")
DATA = f"""
<urn:g1> {{ <urn:a> a <{UNP}Treaty> ; <urn:p> <urn:b> . }}
<urn:g2> {{ <urn:b> a <{UNP}State> . }}
<urn:other> {{ <urn:a> a <{UNP}State> ; <urn:q> <urn:c> . }}
"""


@pytest.mark.parametrize(
    ("query", "rows", "union"),
    [
        ("SELECT ?s { ?s <urn:p> ?o . ?o a unp:State }", 1, False),
        ("SELECT ?s { ?s a unp:Treaty ; <urn:p> ?o }", 1, True),
        ("SELECT ?g { GRAPH ?g { ?s a unp:Treaty } }", 1, True),
        ("SELECT ?s { ?s a unp:State }", 1, False),
        ("SELECT ?s { ?s <urn:q> ?o }", 0, False),
        ("SELECT ?s { ?s ?p ?o }", 3, False),
    ],
)
def test_the_union_of_fuseki_is_asked_where_other_graphs_do_not_matter(
    query: str,
    rows: int,
    union: bool,  # noqa: FBT001 - one of the cases
) -> None:
    store = Store()
    store.load(DATA, format=RdfFormat.TRIG)
    with serving(_fuseki(store)) as server:
        graph = RemoteGraph(server.url, profile="fuseki", default_graph=OURS)
        assert len(list(graph.select(query))) == rows
        asked = server.asked[-1].form
        assert asked["default-graph-uri"] == ([UNION] if union else list(OURS))
        assert ("named-graph-uri" in asked) == (not union or "GRAPH" in query)


def test_the_union_of_fuseki_is_asked_where_there_is_nothing_else() -> None:
    store = Store()
    store.load(DATA, format=RdfFormat.TRIG)
    with serving(_fuseki(store)) as server:
        graph = RemoteGraph(server.url, default_graph=(*OURS, "urn:other"))
        assert graph.profile is None
        # the first answer tells what it is
        assert len(list(graph.select("SELECT * { ?s ?p ?o }"))) == 5
        assert graph.profile == "fuseki"
        assert len(list(graph.select("SELECT * { ?s ?p ?o }"))) == 5
        assert server.asked[-1].form["default-graph-uri"] == [UNION]
        # nothing is looked up twice
        before = len(server.asked)
        assert graph.ask("ASK { ?s ?p ?o }")
        assert len(server.asked) == before + 1


# what unpact loaded


def test_the_graphs_that_were_loaded() -> None:
    graph = MemoryGraph()
    assert loaded_graphs(graph) == ()
    subset, manifest = NamedNode(VOID + "subset"), NamedNode(MANIFEST_GRAPH)
    for name in ("urn:b", "urn:a", MANIFEST_GRAPH):
        graph.store.add(Quad(NamedNode(DATASET), subset, NamedNode(name), manifest))
    graph.store.add(Quad(NamedNode(DATASET), subset, NamedNode("urn:c"), NamedNode("urn:of-somebody-else")))
    assert loaded_graphs(graph) == ("urn:a", "urn:b")


@pytest.mark.slow
def test_only_what_was_loaded_is_asked() -> None:
    store = Store()
    store.load(DATA, format=RdfFormat.TRIG)
    manifest = NamedNode(MANIFEST_GRAPH)
    for name in OURS:
        store.add(Quad(NamedNode(DATASET), NamedNode(VOID + "subset"), NamedNode(name), manifest))
    with serving(_fuseki(store)) as server:
        graph = open_elsewhere(Connection(endpoint=server.url))
        assert isinstance(graph, RemoteGraph)
        assert (graph.default_graph, graph.profile) == (OURS, "fuseki")
        assert graph.named_graphs() == OURS
        assert not graph.ask(f"ASK {{ ?s <{VOID}subset> ?o }}")
        assert open_elsewhere(Connection(endpoint=server.url, profile="generic")).named_graphs() == OURS


def test_the_queries_of_the_dialects_are_files() -> None:
    folder = Path(__file__).parents[2] / "src/unpact/graph/dialects"
    assert {path.name for path in folder.glob("*.rq")} == {
        "count.rq",
        "graph_names.rq",
        "graphs_with.rq",
        "quads.rq",
    }
