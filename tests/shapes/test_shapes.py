"""Each shape against the real data: the data conforms, the shape reaches it, and one fault sets off it alone.

A fault is a SPARQL update, `mutations/<shape>.ru`. It changes the triples that `unpact.validate` shows to the
shapes; types are not inferred anew, so an update that adds a node writes down the classes that it needs.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH

from unpact.corpus import CorpusFile, bundled
from unpact.finding import Severity
from unpact.graph.memory import MemoryGraph
from unpact.graph.rdflib_engine import from_rdflib, graph_of, to_rdflib
from unpact.graph.view import build_view
from unpact.names import UNP
from unpact.shacl.engine import Data, validate_graph
from unpact.shacl.plan import Compiler
from unpact.shacl.reference import results_of_reference
from unpact.shacl.run import ask, subclasses_in
from unpact.shacl.shapes import ShapesGraph
from unpact.validate.checked import checked_triples
from unpact.validate.locating import Locator
from unpact.validate.run import finding_of, validate
from unpact.validate.shapes import Shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

    from unpact.shacl.run import Result

MUTATIONS = Path(__file__).parent / "mutations"
NAMESPACE = "https://w3id.org/unpact/shape/"
SHAPES = Shapes(bundled().shape_files())
GRAPH = graph_of(SHAPES.graph.triples)
# what a node shape demands itself, beside what its property shapes demand
OWN_CONSTRAINTS = (SH["not"], SH.sparql, SH.closed, SH["or"])


def local(shape: Node) -> str:
    return str(shape).removeprefix(NAMESPACE)


def node_shapes() -> list[Node]:
    return sorted(GRAPH.subjects(RDF.type, SH.NodeShape))


def reporting(node_shape: Node) -> Iterator[Node]:
    """The shapes by whose names the faults of a node shape are reported."""
    yield from GRAPH.objects(node_shape, SH.property)
    if any((node_shape, used, None) in GRAPH for used in OWN_CONSTRAINTS):
        yield node_shape


CASES = sorted((local(shape), local(around)) for around in node_shapes() for shape in reporting(around))


class Real(NamedTuple):
    """The triples that shapes see, to update and to validate, also in rdflib; the questions of the shapes."""

    store: Store
    lines: frozenset[bytes]
    graph: Graph
    compiler: Compiler


@pytest.fixture(scope="module")
def real() -> Real:
    store = Store()
    triples = list(checked_triples(build_view(bundled(), "best")))
    store.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    compiler = Compiler(SHAPES.graph, subclasses_in(MemoryGraph(store)))
    return Real(store, lines_of(store), graph_of(triples), compiler)


def lines_of(store: Store) -> frozenset[bytes]:
    """What a store holds as lines of N-Quads, which are compared in a tenth of the time that quads take."""
    return frozenset(store.dump(format=RdfFormat.N_QUADS).splitlines())


def quads_of(lines: Iterable[bytes]) -> list[Quad]:
    return list(parse(b"\n".join(lines), format=RdfFormat.N_QUADS))


class Mutated(NamedTuple):
    """Data after a mutation, with what the mutation took from it and put into it."""

    data: Data
    gone: list[Quad]
    new: list[Quad]


@contextmanager
def mutated(real: Real, name: str) -> Iterator[Mutated]:
    """The data with a mutation; it is afterwards as it was before."""
    real.store.update((MUTATIONS / f"{name}.ru").read_text(encoding="utf-8"))
    after = lines_of(real.store)
    assert after != real.lines, f"the mutation {name} changes nothing"
    gone, new = quads_of(real.lines - after), quads_of(after - real.lines)
    change(real.graph, gone, new)
    try:
        yield Mutated(Data(MemoryGraph(real.store), lambda: [quad.triple for quad in real.store]), gone, new)
    finally:
        for quad in new:
            real.store.remove(quad)
        real.store.extend(gone)
        change(real.graph, new, gone)


def change(graph: Graph, gone: Iterable[Quad], new: Iterable[Quad]) -> None:
    for quad in gone:
        graph.remove(to_rdflib(quad.triple))
    for quad in new:
        graph.add(to_rdflib(quad.triple))


def named(results: Iterable[Result]) -> set[str]:
    return {SHAPES.check(result.shape.node).partition("/")[2] for result in results}


@pytest.fixture(scope="module")
def written() -> Graph:
    """The data and the ontology with its topics, as they are written: nothing inferred."""
    graph = Graph()
    for file in (*bundled().data_files(), *bundled().ontology_files()):
        graph.parse(file.path, format="turtle")
    return graph


def kinds_in_the_data(written: Graph) -> list[Node]:
    """The classes whose instances somebody wrote, apart from the vocabulary of the ontology itself."""
    facts = Graph()
    for file in bundled().data_files():
        facts.parse(file.path, format="turtle")
    topics = {kind for kind in (SKOS.Concept, SKOS.ConceptScheme) if (None, RDF.type, kind) in written}
    return sorted({*facts.objects(None, RDF.type), *topics})


def of_its_own(kind: Node) -> list[Node]:
    """The node shapes that are for one class and no other."""
    return [each for each in node_shapes() if set(GRAPH.objects(each, SH.targetClass)) == {kind}]


@pytest.mark.slow
def test_each_class_of_the_data_has_a_shape_of_its_own(written: Graph) -> None:
    kinds = kinds_in_the_data(written)
    assert len(kinds) > 70
    assert [str(kind) for kind in kinds if not of_its_own(kind)] == []


def test_a_shape_of_a_class_demands_something() -> None:
    idle = [local(each) for each in node_shapes() if not list(reporting(each))]
    assert idle == []


@pytest.mark.slow
def test_each_kind_of_statement_says_which_properties_it_may_carry(written: Graph) -> None:
    """A closed shape, of the kind itself or of a more general kind."""
    statement = URIRef(UNP + "Statement")
    closed = {
        kind
        for each in node_shapes()
        if (each, SH.closed, None) in GRAPH
        for kind in GRAPH.objects(each, SH.targetClass)
    }
    open_kinds = []
    for kind in kinds_in_the_data(written):
        above = set(written.transitive_objects(kind, RDFS.subClassOf))
        if statement in above and not above & closed:
            open_kinds.append(str(kind))
    assert open_kinds == []
    assert statement not in closed


def test_what_a_closed_shape_allows_is_declared(written: Graph) -> None:
    for each in node_shapes():
        for allowed in GRAPH.objects(each, SH.ignoredProperties):
            listed = list(Collection(GRAPH, allowed))
            assert len(listed) == len(set(listed)), local(each)
            own = [used for used in listed if str(used).startswith(UNP)]
            assert [used for used in own if (used, RDFS.label, None) not in written] == [], local(each)


@pytest.mark.slow
def test_the_real_data_conforms() -> None:
    found = validate(bundled(), cache=False)
    violations = [each for each in found.findings if each.severity is Severity.VIOLATION]
    assert [f"{each.place} {each.check} {each.focus}: {each.message}" for each in violations] == []
    assert found.notes == []


@pytest.fixture(scope="module")
def used(real: Real) -> dict[Node, set[str]]:
    """What a shape can aim at: the classes that have an instance, the properties that have a value."""
    quads = list(real.store)
    kinds = {quad.object.value for quad in quads if quad.predicate.value == str(RDF.type)}
    return {SH.targetClass: kinds, SH.targetSubjectsOf: {quad.predicate.value for quad in quads}}


@pytest.mark.parametrize("name", [local(shape) for shape in node_shapes()])
def test_each_shape_reaches_the_real_data(used: dict[Node, set[str]], name: str) -> None:
    shape = URIRef(NAMESPACE + name)
    targets = {(kind, str(each)) for kind in used for each in GRAPH.objects(shape, kind)}
    assert targets
    assert {each for kind, each in targets if each not in used[kind]} == set()


@pytest.mark.slow
@pytest.mark.parametrize(("name", "around"), CASES)
def test_each_shape_finds_its_fault(real: Real, name: str, around: str) -> None:
    shape = SHAPES.graph.shape(NamedNode(NAMESPACE + around))
    with mutated(real, name) as (data, _, _):
        assert named(ask(data.graph, real.compiler.questions(shape))) == {name}


TARGETS = (SH.targetClass, SH.targetSubjectsOf)
AIMED = [(shape, used, value) for used in TARGETS for shape, value in GRAPH.subject_objects(used)]
UNAIMED = [triple for triple in SHAPES.graph.triples if URIRef(triple.predicate.value) not in TARGETS]


def near(graph: Graph, changed: Iterable[Quad], reported: Iterable[Result]) -> ShapesGraph:
    """The shapes with fewer focus nodes: those that a mutation touched, the notes on their triples, and those
    that our own engine reports. pyshacl takes seconds for all of the data.
    """
    touched = {to_rdflib(quad.triple)[0] for quad in changed}
    touched |= {note for each in touched for note in graph.subjects(OWL.annotatedSource, each)}
    touched |= {URIRef(each.focus.value) for each in reported if isinstance(each.focus, NamedNode)}
    # a topic is looked at by way of its scheme
    touched |= set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    found = list(UNAIMED)
    for shape, used, value in AIMED:
        for node in touched:
            sought = (node, RDF.type, value) if used == SH.targetClass else (node, value, None)
            if sought in graph:
                found.append(Triple(*map(from_rdflib, (shape, SH.targetNode, node))))  # type: ignore[arg-type]
    return ShapesGraph(found)


def locator_in(data: Data) -> Locator:
    """The places of the triples in a file that holds them."""
    triples = list(data.triples())
    content = serialize(triples, format=RdfFormat.N_TRIPLES)
    file = CorpusFile(Path("data.nt"), "data.nt", "urn:x-data", "user", content)
    store = Store()
    store.extend(Quad(*triple, NamedNode(file.graph_iri)) for triple in triples)
    return Locator(lambda: store, [file])


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, _ in CASES])
def test_no_other_shape_finds_it_and_pyshacl_finds_the_same(real: Real, name: str) -> None:
    with mutated(real, name) as (data, gone, new):
        outcome = validate_graph(data, SHAPES.graph)
        ours = outcome.results
        assert named(ours) == {name}
        assert outcome.beyond == {}
        near_by = near(real.graph, [*gone, *new], ours)
        theirs = results_of_reference(near_by, None, data.triples(), real.graph)
        locator = locator_in(data)
        found, expected = (
            Counter(finding_of(result, SHAPES, locator) for result in results) for results in (theirs, ours)
        )
    assert found == expected
    assert all(finding.place is not None for finding in expected)


def test_each_mutation_belongs_to_a_shape() -> None:
    assert sorted(path.stem for path in MUTATIONS.iterdir()) == sorted({name for name, _ in CASES})


def test_each_shape_says_what_it_is_and_what_to_do() -> None:
    for name, _ in CASES:
        shape = URIRef(NAMESPACE + name)
        for used in (SH.name, SH.message):
            assert [text.language for text in GRAPH.objects(shape, used)] == ["en"], (name, used)


def test_the_folder_of_a_shape_is_its_severity() -> None:
    for name, _ in CASES:
        shape = URIRef(NAMESPACE + name)
        must = SHAPES.check(NamedNode(str(shape))).startswith("must/")
        assert GRAPH.value(shape, SH.severity) == (SH.Violation if must else SH.Warning)
