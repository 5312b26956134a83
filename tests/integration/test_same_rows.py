"""Every example of every stored query gives the same rows, in the same order, in memory, on disk, and on
each server; so does what else asks a graph.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, Store

from unpact.corpus import bundled
from unpact.describe.cite import cite
from unpact.describe.find import find
from unpact.describe.show import show
from unpact.describe.statistics import graph_sizes, kind_counts
from unpact.errors import StoreError
from unpact.evidence.discrepancies import discrepancies
from unpact.graph.loaded import loaded_graphs
from unpact.graph.stored import StoredGraph
from unpact.graph.view import build_view
from unpact.names import DATASET, ID, MANIFEST_GRAPH, SOURCE, VOID
from unpact.query.catalogue import Catalogue
from unpact.query.expected import expected_file, to_tsv
from unpact.query.resolve import Resolver
from unpact.query.run import run
from unpact.render.labels import Labels

from . import servers

pytest.importorskip("httpx", reason="the extra unpact[remote] is not installed")

from unpact.graph.remote import RemoteGraph

from .filling import fill, put

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.graph.interface import Graph
    from unpact.graph.memory import MemoryGraph
    from unpact.query.stored import StoredQuery

    from .servers import Server

ROOT = Path(__file__).parents[2]
EXPECTED = ROOT / "tests" / "queries"
OURS = bundled()
QUERIES = tuple(Catalogue(file.path for file in OURS.query_files()))
EXAMPLES = [(query, number) for query in QUERIES for number in range(len(query.examples))]
NAMES = [f"{query.topic}/{query.name}-{number}" for query, number in EXAMPLES]
on_each_server = pytest.mark.parametrize("remote", list(servers.BEGIN), indirect=True)


@pytest.fixture(scope="session")
def memory() -> MemoryGraph:
    return build_view(OURS)


@pytest.fixture(scope="session")
def stored(memory: MemoryGraph, tmp_path_factory: pytest.TempPathFactory) -> StoredGraph:
    path = tmp_path_factory.mktemp("stored") / "store"
    store = Store(str(path))
    store.bulk_extend(memory.store)
    store.flush()
    del store
    return StoredGraph(path)


def _filled(server: Server, memory: MemoryGraph) -> RemoteGraph:
    """The server with the view, what a loader writes down about it, and a graph of somebody else."""
    fill(server, memory)
    manifest = "".join(
        f"<{DATASET}> <{VOID}subset> <{name}> . <{name}> <{VOID}triples> 1 .\n"
        for name in memory.named_graphs()
    )
    put(server, MANIFEST_GRAPH, manifest.encode(), "text/turtle")
    put(server, "urn:test:of-somebody-else", OF_SOMEBODY_ELSE.encode(), "text/turtle")
    graph = RemoteGraph(server.query_url)
    return graph.over(loaded_graphs(graph))


OF_SOMEBODY_ELSE = f"""
@prefix unp: <https://w3id.org/unpact/ontology#> .
<{ID}pakistan> unp:established "1947" ; <urn:says> "no" .
<urn:meeting> unp:heldBy <{ID}unodc> ; unp:partOf <{ID}unodc> .
"""


@pytest.fixture(scope="module")
def remote(
    request: pytest.FixtureRequest, memory: MemoryGraph, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RemoteGraph]:
    """The view on a server of its own, which is stopped before the next is started."""
    with servers.BEGIN[request.param](tmp_path_factory.mktemp(request.param)) as server:
        yield _filled(server, memory)


@cache
def _names_in(graph: Graph) -> Resolver:
    return Resolver(graph)


def rows_are_the_expected_ones(graph: Graph, query: StoredQuery, number: int) -> None:
    expected = expected_file(EXPECTED, query, number).read_text(encoding="utf-8")
    result = run(graph, query, query.examples[number], resolver=_names_in(graph))
    assert to_tsv(result) == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "number"),
    # one example of each query here, and the rest among the slow tests
    [pytest.param(*each, marks=pytest.mark.slow if each[1] else ()) for each in EXAMPLES],
    ids=NAMES,
)
def test_on_disk(query: StoredQuery, number: int, stored: StoredGraph) -> None:
    rows_are_the_expected_ones(stored, query, number)


@pytest.mark.slow
@pytest.mark.parametrize(("query", "number"), EXAMPLES, ids=NAMES)
@on_each_server
def test_on_a_server(query: StoredQuery, number: int, remote: RemoteGraph) -> None:
    rows_are_the_expected_ones(remote, query, number)


@cache
def _things() -> tuple[NamedNode, ...]:
    # of which little is inferred: each inferred fact is asked about by itself
    names = ("abu-dhabi", "country-programme", "crime-congress-15", "unodc-e-learning-hub", "no-such-thing")
    return tuple(NamedNode(ID + name) for name in names)


def _described(graph: Graph) -> dict[str, object]:
    """What else is asked of a graph: each answer as it comes."""
    return {
        **{f"show {thing.value}": show(graph, thing) for thing in _things()},
        "find": find(graph, "pakistan"),
        "find nothing": find(graph, "no such thing anywhere"),
        "cite a thing": cite(graph, NamedNode(ID + "resolution-58-4"), Labels(graph)),
        "cite a sentence": cite(graph, NamedNode(SOURCE + "6.3.1"), Labels(graph)),
        "graph sizes": graph_sizes(graph),
        "kinds": kind_counts(graph),
        "discrepancies": discrepancies(graph),
    }


@pytest.mark.slow
def test_descriptions_on_disk(stored: StoredGraph, memory: MemoryGraph) -> None:
    assert _described(stored) == _described(memory)


@pytest.mark.slow
@on_each_server
def test_descriptions_on_a_server(remote: RemoteGraph, memory: MemoryGraph) -> None:
    wanted = _described(memory)
    for name, answer in _described(remote).items():
        assert answer == wanted[name], name


@pytest.mark.slow
@on_each_server
def test_blank_nodes_and_prefixes_on_a_server(remote: RemoteGraph, memory: MemoryGraph) -> None:
    text = "SELECT ?axiom ?source { ?axiom owl:annotatedSource ?source ; owl:annotatedProperty unp:date }"
    rows = list(remote.select(text))
    assert len({row[0] for row in rows}) == len({row[0] for row in memory.select(text)}) > 1
    assert Counter(row[1] for row in rows) == Counter(row[1] for row in memory.select(text))


@pytest.mark.slow
@on_each_server
def test_other_graphs_and_the_manifest_are_not_seen(remote: RemoteGraph, memory: MemoryGraph) -> None:
    assert remote.named_graphs() == memory.named_graphs()
    assert not remote.ask(f"ASK {{ ?s <{VOID}triples> ?number }}")
    assert not remote.ask("ASK { id:pakistan unp:established ?date }")
    assert not remote.ask("ASK { <urn:meeting> ?p ?o }")
    assert not remote.ask("ASK { GRAPH ?g { ?s <urn:says> ?o } }")
    assert remote.over(()).ask("ASK { GRAPH ?g { ?s <urn:says> ?o } }")


@pytest.mark.slow
@on_each_server
def test_a_construct_is_whole_on_a_server(remote: RemoteGraph, memory: MemoryGraph) -> None:
    text = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(!isBLANK(?s) && !isBLANK(?o)) }"
    wanted = set(memory.construct(text))
    assert len(wanted) > 20_000
    assert set(remote.construct(text)) == wanted
    rows = set(remote.select(text.replace("CONSTRUCT { ?s ?p ?o }", "SELECT ?s ?p ?o")))
    assert rows == {(triple.subject, triple.predicate, triple.object) for triple in wanted}


@pytest.mark.slow
@pytest.mark.parametrize("remote", ["virtuoso"], indirect=True)
def test_a_part_is_not_taken_for_the_whole(remote: RemoteGraph) -> None:
    plain = RemoteGraph(remote.name, profile="generic", default_graph=remote.default_graph)
    with pytest.raises(StoreError, match="cuts answers off at 10000 rows, so some may be missing"):
        list(plain.select("SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"))
    # of triples it does not say so
    assert len(list(plain.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))) > 20_000
