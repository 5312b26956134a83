"""Each shape against the real data: the data conforms, the shape reaches it, and one fault sets off it alone.

A fault is a SPARQL update, `mutations/<shape>.ru`. It changes the triples that `unpact.validate` shows to the
shapes; types are not inferred anew, so an update that adds a node writes down the classes that it needs.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from pyoxigraph import Quad, Store
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH

from unpact.corpus import bundled
from unpact.finding import Severity
from unpact.graph.rdflib_engine import graph_of
from unpact.graph.view import build_view
from unpact.names import UNP
from unpact.validate.report import run_shapes
from unpact.validate.shacl import _checked, validate
from unpact.validate.shapes import ShapeNames

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

MUTATIONS = Path(__file__).parent / "mutations"
NAMESPACE = "https://w3id.org/unpact/shape/"
NAMES = ShapeNames(bundled().shape_files())
# what a node shape demands itself, beside what its property shapes demand
OWN_CONSTRAINTS = (SH["not"], SH.sparql, SH.closed, SH["or"])


def local(shape: Node) -> str:
    return str(shape).removeprefix(NAMESPACE)


def node_shapes() -> list[Node]:
    return sorted(NAMES.graph.subjects(RDF.type, SH.NodeShape))


def reporting(node_shape: Node) -> Iterator[Node]:
    """The shapes by whose names the faults of a node shape are reported."""
    yield from NAMES.graph.objects(node_shape, SH.property)
    if any((node_shape, used, None) in NAMES.graph for used in OWN_CONSTRAINTS):
        yield node_shape


CASES = sorted((local(shape), local(around)) for around in node_shapes() for shape in reporting(around))


def alone(node_shape: Node) -> Graph:
    """The shapes graph of one node shape: its triples, and those of the nodes that they lead to."""
    found, seen, todo = Graph(), set[object](), [node_shape]
    while todo:
        subject = todo.pop()
        if subject in seen:
            continue
        seen.add(subject)
        for triple in NAMES.graph.triples((subject, None, None)):
            found.add(triple)
            if isinstance(triple[2], BNode) or str(triple[2]).startswith(NAMESPACE):
                todo.append(triple[2])
    return found


class Checked(NamedTuple):
    """The triples that shapes see: to update, to compare with, and to validate."""

    store: Store
    quads: frozenset[Quad]
    graph: Graph


@pytest.fixture(scope="module")
def real() -> Checked:
    triples = set(_checked(build_view(bundled(), "best")))
    store = Store()
    store.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    return Checked(store, frozenset(store), graph_of(triples))


def focused(shapes: Graph, data: Graph, touched: set[Node]) -> Graph:
    """The same shapes with fewer focus nodes: those that were touched, and the notes on their triples."""
    near = touched | {note for each in touched for note in data.subjects(OWL.annotatedSource, each)}
    found = Graph()
    for subject, used, value in shapes:
        if used == SH.targetClass:
            nodes = {node for node in near if (node, RDF.type, value) in data}
        elif used == SH.targetSubjectsOf:
            nodes = {node for node in near if (node, value, None) in data}
        else:
            found.add((subject, used, value))
            continue
        for node in nodes:
            found.add((subject, SH.targetNode, node))
    return found


def reported(real: Checked, name: str, shapes: Graph, *, near: bool = False) -> set[str]:
    """The names of the shapes that are not met once a mutation is applied; the data stays as it was.

    Args:
        real: the data.
        name: of the mutation.
        shapes: what to check.
        near: check only what the mutation touched.
    """
    real.store.update((MUTATIONS / f"{name}.ru").read_text(encoding="utf-8"))
    after = set(real.store)
    gone, new = real.quads - after, after - real.quads
    lost, added = graph_of(quad.triple for quad in gone), graph_of(quad.triple for quad in new)
    for triple in lost:
        real.graph.remove(triple)
    for triple in added:
        real.graph.add(triple)
    try:
        assert gone or new, f"the mutation {name} changes nothing"
        # a topic is looked at by way of its scheme
        touched = {*lost.subjects(), *added.subjects(), *real.graph.subjects(RDF.type, SKOS.ConceptScheme)}
        results = run_shapes(real.graph, focused(shapes, real.graph, touched) if near else shapes)
    finally:
        for triple in added:
            real.graph.remove(triple)
        for triple in lost:
            real.graph.add(triple)
        for quad in new:
            real.store.remove(quad)
        real.store.extend(gone)
    return {NAMES.check(shape).partition("/")[2] for shape in results.objects(None, SH.sourceShape)}


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
    return [each for each in node_shapes() if set(NAMES.graph.objects(each, SH.targetClass)) == {kind}]


def test_each_class_of_the_data_has_a_shape_of_its_own(written: Graph) -> None:
    kinds = kinds_in_the_data(written)
    assert len(kinds) > 70
    assert [str(kind) for kind in kinds if not of_its_own(kind)] == []


def test_a_shape_of_a_class_demands_something() -> None:
    idle = [local(each) for each in node_shapes() if not list(reporting(each))]
    assert idle == []


def test_each_kind_of_statement_says_which_properties_it_may_carry(written: Graph) -> None:
    """A closed shape, of the kind itself or of a more general kind."""
    statement = URIRef(UNP + "Statement")
    closed = {
        kind
        for each in node_shapes()
        if (each, SH.closed, None) in NAMES.graph
        for kind in NAMES.graph.objects(each, SH.targetClass)
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
        for allowed in NAMES.graph.objects(each, SH.ignoredProperties):
            listed = list(Collection(NAMES.graph, allowed))
            assert len(listed) == len(set(listed)), local(each)
            own = [used for used in listed if str(used).startswith(UNP)]
            assert [used for used in own if (used, RDFS.label, None) not in written] == [], local(each)


def test_the_real_data_conforms() -> None:
    violations = [each for each in validate(bundled()) if each.severity is Severity.VIOLATION]
    assert [f"{each.file}:{each.line} {each.check} {each.focus}: {each.message}" for each in violations] == []


@pytest.mark.parametrize("name", [local(shape) for shape in node_shapes()])
def test_each_shape_reaches_the_real_data(real: Checked, name: str) -> None:
    shape = URIRef(NAMESPACE + name)
    classes = set(NAMES.graph.objects(shape, SH.targetClass))
    used = set(NAMES.graph.objects(shape, SH.targetSubjectsOf))
    idle = {kind for kind in classes if (None, RDF.type, kind) not in real.graph}
    idle |= {each for each in used if (None, each, None) not in real.graph}
    assert classes | used
    assert idle == set()


@pytest.mark.parametrize(("name", "around"), CASES)
def test_each_shape_finds_its_fault(real: Checked, name: str, around: str) -> None:
    assert reported(real, name, alone(URIRef(NAMESPACE + around)), near=True) == {name}


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, _ in CASES])
def test_no_other_shape_finds_it(real: Checked, name: str) -> None:
    assert reported(real, name, NAMES.graph, near=True) == {name}


def test_each_mutation_belongs_to_a_shape() -> None:
    assert sorted(path.stem for path in MUTATIONS.iterdir()) == sorted({name for name, _ in CASES})


def test_each_shape_says_what_it_is_and_what_to_do() -> None:
    for name, _ in CASES:
        shape = URIRef(NAMESPACE + name)
        for used in (SH.name, SH.message):
            assert [text.language for text in NAMES.graph.objects(shape, used)] == ["en"], (name, used)


def test_the_folder_of_a_shape_is_its_severity() -> None:
    for name, _ in CASES:
        shape = URIRef(NAMESPACE + name)
        must = NAMES.check(shape).startswith("must/")
        assert NAMES.graph.value(shape, SH.severity) == (SH.Violation if must else SH.Warning)
