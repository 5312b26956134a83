from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store
from rdflib.plugins.sparql import prepareQuery

from unpact.corpus import bundled
from unpact.corpus.syntax import read_quads
from unpact.errors import ShapesError, StoreError, UsageError
from unpact.finding import Place
from unpact.graph.memory import MemoryGraph
from unpact.graph.view import view_files
from unpact.names import ID, INFERRED_GRAPH, PREFIXES, RDF
from unpact.shacl.engine import in_memory, validate_graph
from unpact.shacl.plan import Compiler
from unpact.shacl.run import subclasses_in
from unpact.validate.elsewhere import data_at_endpoint, data_of_store, validate_elsewhere
from unpact.validate.shapes import Shapes

from ..servers.sparql_server import Reply, from_store, serving  # noqa: TID252 - test folders are no packages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unpact.shacl.run import Result
    from unpact.validate.elsewhere import Elsewhere

# each validates the real data in a store or over HTTP; test_validate_doing has a quick one
pytestmark = pytest.mark.slow

pytest.importorskip("httpx", reason="the extra unpact[remote] is not installed")

MUTATIONS = Path(__file__).parents[1] / "shapes" / "mutations"
SOME = ("accession", "axiom-evidence", "organization", "topic-circle")
SHAPES = Shapes(bundled().shape_files())
HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
HEAD += "@prefix ex: <urn:ex:> .\n"
Place_of_data = "Callable[[Store], Iterator[Elsewhere]]"


@pytest.fixture(scope="module")
def real() -> Store:
    store = Store()
    for file in view_files(bundled(), "best"):
        store.extend(read_quads(file))
    return store


@contextmanager
def on_disk(store: Store, path: Path) -> Iterator[Elsewhere]:
    kept = Store(str(path))
    kept.bulk_extend(iter(store))
    kept.flush()
    del kept
    yield data_of_store(path)


@contextmanager
def at_endpoint(store: Store, *, union: bool = False) -> Iterator[Elsewhere]:
    with serving(from_store(store, union=union)) as server:
        yield data_at_endpoint(server.url)


def mutated(real: Store, name: str) -> Store:
    """The data with a mutation: what it adds is in a graph of its own, the rest where it was."""
    flat = Store()
    flat.extend(Quad(*quad.triple) for quad in real)
    flat.update((MUTATIONS / f"{name}.ru").read_text(encoding="utf-8"))
    after = {quad.triple for quad in flat}
    store = Store()
    store.extend(quad for quad in real if quad.triple in after)
    known = {quad.triple for quad in real}
    store.extend(Quad(*triple, NamedNode("urn:added")) for triple in after - known)
    # a triple of several graphs must not be counted twice
    store.extend(Quad(*quad.triple, NamedNode("urn:again")) for quad in list(store)[:2000])
    return store


def turtle(text: str, graph: NamedNode | None = None) -> Store:
    store = Store()
    store.load(HEAD + text, format=RdfFormat.TURTLE, to_graph=graph or DefaultGraph())
    return store


def shapes_file(folder: Path, text: str) -> Path:
    path = folder / "shapes.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def keys(results: Iterable[Result]) -> Counter[tuple[object, ...]]:
    return Counter(
        (
            _term(result.focus),
            result.shape.node,
            result.component,
            _term(result.value),
            _term(result.path),
            tuple(sorted(map(str, result.messages))),
        )
        for result in results
    )


def _term(term: object) -> object:
    return "[]" if isinstance(term, BlankNode) else term


@pytest.mark.parametrize("name", SOME)
def test_mutations_are_found_as_in_memory(real: Store, name: str, tmp_path: Path) -> None:
    store = mutated(real, name)
    wanted = validate_graph(in_memory(dict.fromkeys(quad.triple for quad in store)), SHAPES.graph).results
    assert wanted
    with on_disk(store, tmp_path / "store") as data:
        stored = validate_elsewhere(bundled(), data)
    with at_endpoint(store) as data:
        served = validate_elsewhere(bundled(), data)
    assert keys(stored.results) == keys(served.results) == keys(wanted)
    assert {finding.place for finding in stored.findings} == {Place(str(tmp_path / "store"))}
    assert {finding.place for finding in served.findings} == {Place(data.name)}
    assert [finding.message for finding in stored.findings] == [each.message for each in served.findings]
    assert stored.files == []


def test_inferred_triples_are_left_out_and_that_is_said(tmp_path: Path) -> None:
    shapes = [shapes_file(tmp_path, "ex:S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:closed true .")]
    store = turtle("ex:a a ex:Thing .", NamedNode("urn:g"))
    store.extend(turtle("ex:a ex:follows ex:b .", NamedNode(INFERRED_GRAPH)))
    with on_disk(store, tmp_path / "store") as data:
        found = validate_elsewhere(bundled(), data, shapes=shapes)
    assert [each.path for each in found.findings] == [NamedNode(RDF + "type")]
    assert "beside that of the inferred triples" in found.notes[0]
    for union in (True, False):
        with at_endpoint(store, union=union) as data:
            found = validate_elsewhere(bundled(), data, shapes=shapes)
        assert [each.path for each in found.findings] == [NamedNode(RDF + "type")]
        assert "beside that of the inferred triples" in found.notes[-1]
    meant = data_of_store(tmp_path / "store", graphs=["urn:g", INFERRED_GRAPH])
    assert len(validate_elsewhere(bundled(), meant, shapes=shapes).findings) == 2


def test_a_default_graph_that_is_empty_is_not_what_is_meant() -> None:
    store = turtle('id:x a unp:State ; rdfs:label "x"@en .', NamedNode("urn:g"))
    with at_endpoint(store) as data:
        assert "the default graph is empty, so the 1 named graphs" in data.notes[0]
        assert data.data.graph.ask("ASK { ?s a unp:State }")
    with at_endpoint(store, union=True) as data:
        assert data.notes == ()


def test_nothing_to_check_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no triples to check"), on_disk(Store(), tmp_path / "empty"):
        pass
    store = turtle("ex:a ex:b ex:c .", NamedNode("urn:g"))
    with on_disk(store, tmp_path / "store") as data:
        with pytest.raises(UsageError, match="nothing would be checked"):
            validate_elsewhere(bundled(), data)
        with pytest.raises(UsageError, match="no triples to check"):
            data_of_store(tmp_path / "store", graphs=["urn:other"])


def test_without_the_ontology_there_is_a_note(tmp_path: Path) -> None:
    with on_disk(turtle('id:x a unp:State ; rdfs:label "x"@en .'), tmp_path / "store") as data:
        found = validate_elsewhere(bundled(), data)
    assert "does not hold the ontology" in found.notes[-1]
    assert any("nothing is inferred in" in note for note in found.notes)


RECURSIVE = """
ex:Node a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property [ sh:path ex:next ; sh:node ex:Node ] ;
    sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:message "Name it." ] .
"""
CHAIN = "ex:a a ex:Thing ; ex:next ex:b ; ex:name 'a' . ex:b a ex:Thing ."


def test_a_shape_that_no_query_can_ask_gets_a_copy_and_says_so(tmp_path: Path) -> None:
    shapes = [shapes_file(tmp_path, RECURSIVE)]
    store = turtle(CHAIN, NamedNode("urn:g"))
    with at_endpoint(store) as data:
        found = validate_elsewhere(bundled(), data, shapes=shapes)
    assert found.findings
    assert any("asked by pyshacl" in note for note in found.notes)
    assert any("4 triples of" in note for note in found.notes)
    with serving(from_store(store)) as server:
        data = data_at_endpoint(server.url, most_triples=3)
        with pytest.raises(UsageError, match="4 triples are more than the 3"):
            validate_elsewhere(bundled(), data, shapes=shapes)


def test_the_reference_engine_finds_the_same(tmp_path: Path) -> None:
    shapes = [
        shapes_file(
            tmp_path,
            "ex:S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property ex:P .\n"
            "ex:P sh:path ex:name ; sh:minCount 1 .",
        )
    ]
    with on_disk(turtle(CHAIN), tmp_path / "store") as data:
        one = validate_elsewhere(bundled(), data, shapes=shapes)
        other = validate_elsewhere(bundled(), data, shapes=shapes, engine="pyshacl")
    assert [(each.check, each.focus) for each in one.findings] == [("shapes/urn:ex:P", NamedNode("urn:ex:b"))]
    assert [each.focus for each in other.findings] == [NamedNode("urn:ex:b")]


def test_a_copy_that_is_not_whole_is_refused() -> None:
    store = turtle(CHAIN)
    whole = from_store(store)

    def cut(asked: object) -> Reply:
        reply = whole(asked)  # type: ignore[arg-type]
        return (
            reply._replace(body=reply.body.splitlines(keepends=True)[0]) if "triples" in reply.type else reply
        )

    with serving(cut) as server, pytest.raises(StoreError, match="only 1 of its 4 triples"):
        data_at_endpoint(server.url).copy()


def test_details_of_blank_nodes_are_left_out_where_they_cannot_be_matched(tmp_path: Path) -> None:
    shapes = [
        shapes_file(
            tmp_path,
            """
            ex:S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property ex:Parts .
            ex:Parts sh:path ex:part ; sh:node ex:Part .
            ex:Part a sh:NodeShape ; sh:property [ sh:path ex:name ; sh:maxCount 1 ; sh:minCount 1 ] .
            """,
        )
    ]
    store = turtle("ex:a a ex:Thing ; ex:part ex:p , [ ex:is 'nameless' ] .")
    with at_endpoint(store) as data:
        found = validate_elsewhere(bundled(), data, shapes=shapes, details=True)
    details = {_term(result.value): len(result.details) for result in found.results}
    assert details == {NamedNode("urn:ex:p"): 1, "[]": 0}


def test_contradictions_are_found_with_the_bundled_shapes_only(tmp_path: Path) -> None:
    store = turtle(f"""
        id:a a unp:State ; rdfs:label "a"@en ; org:memberOf <{ID}nowhere> . <urn:c> a ex:Thing .
    """)
    with on_disk(store, tmp_path / "store") as data:
        checks = {finding.check for finding in validate_elsewhere(bundled(), data).findings}
        text = "ex:S a sh:NodeShape ; sh:targetClass ex:Thing , unp:State ; sh:nodeKind sh:IRI ."
        own = [shapes_file(tmp_path, text)]
        assert validate_elsewhere(bundled(), data, shapes=own).findings == []
    assert "consistency/only-named" in checks


def test_what_is_wrong_with_shapes_is_found_in_their_file_and_the_rest_in_the_store(tmp_path: Path) -> None:
    text = """
        ex:S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property [ sh:path ex:nam ; sh:minCuont 1 ] .
        ex:T a sh:NodeShape ; sh:targetSubjectsOf ex:name ; sh:targetNode ex:nobody ; sh:closed true .
        ex:U a sh:NodeShape ; sh:targetObjectsOf ex:has ; sh:nodeKind sh:IRI .
        ex:has a rdf:Property .
    """
    shapes = [shapes_file(tmp_path, text)]
    store = turtle("ex:a a ex:Thing ; ex:called 'a' . ex:b a ex:Other .", NamedNode("urn:g"))
    with on_disk(store, tmp_path / "store") as data:
        stored = validate_elsewhere(bundled(), data, shapes=shapes)
    with at_endpoint(store) as data:
        served = validate_elsewhere(bundled(), data, shapes=shapes)
    assert stored.store == str(tmp_path / "store")
    for found in (stored, served):
        places = sorted(
            (
                each.check,
                each.file == found.store,
                None if each.line is None else each.line - HEAD.count("\n"),
            )
            for each in found.findings
        )
        assert places == [
            ("shapes/uncovered-class", True, None),
            ("shapes/unknown-iri", False, 2),
            ("shapes/unknown-iri", False, 3),
            ("shapes/unknown-term", False, 2),
            ("shapes/unreached", False, 3),
            ("shapes/unreached", False, 4),
        ]


def test_shapes_without_a_target_are_reported_and_not_taken_for_the_wrong_graph(tmp_path: Path) -> None:
    shapes = [shapes_file(tmp_path, "ex:S a sh:NodeShape ; sh:targetClas ex:Thing ; sh:closed true .")]
    with on_disk(turtle(CHAIN), tmp_path / "store") as data:
        found = validate_elsewhere(bundled(), data, shapes=shapes).findings
    assert {each.check for each in found} == {"shapes/empty", "shapes/unknown-term"}


def test_shapes_that_cannot_be_used(tmp_path: Path) -> None:
    shapes = [
        shapes_file(
            tmp_path,
            "ex:S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:minCount 'one' ; "
            "sh:property [ sh:minCount 1 ] .",
        )
    ]
    with on_disk(turtle(CHAIN), tmp_path / "store") as data:
        try:
            found = validate_elsewhere(bundled(), data, shapes=shapes)
        except ShapesError:
            return
    assert not found.usable
    assert found.findings


def test_a_service_that_fails_half_way() -> None:
    store = turtle('id:x a unp:State ; rdfs:label "x"@en .')
    answer = from_store(store)
    number = iter(range(1000))

    def failing(asked: object) -> Reply:
        return answer(asked) if next(number) < 10 else Reply(b"too busy", status=500)  # type: ignore[arg-type]

    with serving(failing) as server, pytest.raises(StoreError, match="500 Internal Server Error: too busy"):
        validate_elsewhere(bundled(), data_at_endpoint(server.url))


# rdflib wants the sign of a path directly behind its end, where the grammar allows a space
BEYOND_RDFLIB = {"must/organization", "must/term-profile", "must/topic-circle"}


@pytest.mark.slow
def test_the_questions_are_plain_sparql(real: Store) -> None:
    compiler = Compiler(SHAPES.graph, subclasses_in(MemoryGraph(real)), flat=False)
    refused = set()
    for shape in SHAPES.graph.with_targets():
        for question in compiler.questions(shape):
            # rows that cannot be named in a query have the whole question asked again
            nested = [
                each for reading in question.readings for each in compiler.details(reading, question, [{}])
            ]
            for each in (question, *question.others, *nested):
                if not _parses(each.select):
                    refused.add(SHAPES.check(shape.node))
    assert refused <= BEYOND_RDFLIB


def _parses(text: str) -> bool:
    from pyparsing import ParseBaseException

    try:
        prepareQuery(text)
    except ParseBaseException:
        return False
    return True
