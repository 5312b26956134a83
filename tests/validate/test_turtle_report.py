"""The report in Turtle is the one that pyshacl writes, up to the names of blank nodes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from pyoxigraph import Quad, Store
from rdflib import BNode, Graph
from rdflib.namespace import RDF, SH

from unpact.corpus import bundled
from unpact.errors import ShapesError
from unpact.graph.memory import MemoryGraph
from unpact.graph.rdflib_engine import graph_of
from unpact.graph.view import build_view
from unpact.shacl.engine import Data, in_memory, validate_graph
from unpact.shacl.reference import report_of
from unpact.shacl.shapes import ShapesGraph
from unpact.validate.checked import checked_triples
from unpact.validate.w3c import report_triples

from ..shacl.test_against_pyshacl import ALL, ORDERED  # noqa: TID252 - test folders are not packages
from ..shapes.test_shapes import MUTATIONS, SHAPES, near  # noqa: TID252

if TYPE_CHECKING:
    from rdflib.term import Node

    from ..shacl.test_against_pyshacl import Strategies  # noqa: TID252

# pyshacl copies an unnamed shape not much deeper than this
DEPTH = 2


def ours(data: Data, shapes: ShapesGraph) -> Graph:
    return graph_of(report_triples(validate_graph(data, shapes).results, shapes))


def theirs(data: Data, shapes: ShapesGraph) -> Graph:
    return report_of(graph_of(data.triples()), graph_of(shapes.triples))


def unfolded(report: Graph, shapes: ShapesGraph) -> object:
    """A report as a tree: pyshacl copies an unnamed shape for each of its results, and we name it each time.

    Without messages where nobody but pyshacl wrote one.
    """
    spoken = set(graph_of(shapes.triples).subjects(SH.message))

    def tree(node: Node, depth: int) -> object:
        if not isinstance(node, BNode) or depth > DEPTH:
            return term(node)
        own = report.value(node, SH.sourceShape)
        mute = own is not None and own not in spoken and (own, SH.message, None) not in report
        branches = Counter(
            (used, branch(used, value, depth))
            for used, value in report.predicate_objects(node)
            if not (mute and used == SH.resultMessage)
        )
        return frozenset(branches.items())

    def branch(used: Node, value: Node, depth: int) -> object:
        if used in (SH.result, SH.detail):
            return tree(value, 0)
        if used == SH.resultMessage:
            # pyshacl loses the language of a message of a SPARQL constraint
            return str(value)
        # pyshacl copies what the data says of an unnamed node as well
        return term(value) if used in (SH.focusNode, SH.value) else tree(value, depth + 1)

    def term(node: Node) -> str:
        return "[]" if isinstance(node, BNode) else node.n3()

    (head,) = report.subjects(RDF.type, SH.ValidationReport)
    return tree(head, 0)


def assert_same(data: Data, shapes: ShapesGraph) -> None:
    try:
        wanted = unfolded(theirs(data, shapes), shapes)
    except ShapesError:
        reject()
    found = unfolded(ours(data, shapes), shapes)
    assert dict(found) == dict(wanted)


def compare(strategies: Strategies, drawn: st.DataObject) -> None:
    data, shapes = (drawn.draw(each) for each in strategies)
    assert_same(in_memory(data), ShapesGraph(shapes))


@pytest.mark.slow
@pytest.mark.parametrize("strategies", [ALL, ORDERED], ids=["any", "ordered"])
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=st.data())
def test_the_report_is_that_of_pyshacl(strategies: Strategies, drawn: st.DataObject) -> None:
    compare(strategies, drawn)


@pytest.mark.slow
@pytest.mark.parametrize("strategies", [ALL, ORDERED], ids=["any", "ordered"])
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=st.data())
def test_the_report_is_that_of_pyshacl_at_length(strategies: Strategies, drawn: st.DataObject) -> None:
    compare(strategies, drawn)


# one of each kind of constraint, and of each kind of path
FAULTS = (
    *("adoption-date", "membership-member", "label-english", "label-not-blank", "axiom-triple", "interval"),
    *("statement", "quantity-exactness", "state-iso2", "statement-evidence-present", "coordination-seat"),
    *("membership", "passage-start", "pillar-programme"),
)


@pytest.fixture(scope="module")
def real() -> Store:
    store = Store()
    triples = checked_triples(build_view(bundled(), "best"))
    store.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    return store


@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTS)
def test_the_report_on_the_real_data_is_that_of_pyshacl(real: Store, name: str) -> None:
    before = frozenset(real)
    real.update((MUTATIONS / f"{name}.ru").read_text(encoding="utf-8"))
    after = frozenset(real)
    try:
        data = Data(MemoryGraph(real), lambda: [quad.triple for quad in after])
        results = validate_graph(data, SHAPES.graph).results
        assert results
        found = graph_of(report_triples(results, SHAPES.graph))
        graph = graph_of(data.triples())
        wanted = report_of(graph, graph_of(near(graph, after ^ before, results).triples))
        assert dict(unfolded(found, SHAPES.graph)) == dict(unfolded(wanted, SHAPES.graph))
    finally:
        for quad in after - before:
            real.remove(quad)
        real.extend(before - after)
