"""Which part of a graph is exported."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from unpact.errors import AmbiguousNameError, UnknownNameError, UsageError
from unpact.export.content import Content, store_of
from unpact.export.formats import FORMATS
from unpact.graph.memory import MemoryGraph
from unpact.graph.rdflib_engine import RdflibGraph
from unpact.names import GRAPH, ID

if TYPE_CHECKING:
    from collections.abc import Callable

    import unpact
    from unpact.export.exporter import Exporter

ALL = {"ontology", "article", "record", "user", "inferred", "shapes"}


def quads_of(exporter: Exporter) -> set[ox.Quad]:
    stream = io.StringIO()
    exporter.write(FORMATS["nq"], stream)
    return set(ox.parse(input=stream.getvalue().encode(), format=ox.RdfFormat.N_QUADS))


def graphs_of(exporter: Exporter) -> set[str]:
    return {quad.graph_name.value.removeprefix(GRAPH) for quad in quads_of(exporter)}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("parts", "starts"),
    [
        ((), {"ontology", "data", "inferred"}),
        (("data",), {"data"}),
        (("record", "inferred"), {"data", "inferred"}),
        (("shapes",), {"ontology"}),
        (("all",), {"ontology", "data", "inferred"}),
    ],
)
def test_parts_are_graphs(
    exporting: Callable[..., Exporter], parts: tuple[str, ...], starts: set[str]
) -> None:
    graphs = graphs_of(exporting(parts=parts))
    assert {name.partition("/")[0] for name in graphs} == starts
    assert any(name.startswith("ontology/shapes/") for name in graphs) == (parts in (("shapes",), ("all",)))
    if parts == ("record", "inferred"):
        assert not any(name.startswith("data/article/") for name in graphs)


@pytest.mark.parametrize(
    "name",
    [
        "data/record/laws.ttl",
        "./data/record/laws.ttl",
        "data/record/laws",
        f"{GRAPH}data/record/laws",
    ],
)
def test_a_graph_is_called_by_its_file_or_its_iri(exporting: Callable[..., Exporter], name: str) -> None:
    assert graphs_of(exporting(graphs=(name,))) == {"data/record/laws"}


@pytest.mark.slow
def test_a_file_of_shapes_and_what_is_inferred_are_graphs_too(exporting: Callable[..., Exporter]) -> None:
    first = min(graphs_of(exporting(parts=("shapes",))))
    assert graphs_of(exporting(graphs=(f"{first}.ttl", "inferred"))) == {first, "inferred"}


def test_an_unknown_graph_fails_with_the_nearest(exporting: Callable[..., Exporter]) -> None:
    with pytest.raises(
        UnknownNameError, match=r"no graph is called 'data/record/law\.ttl'.*data/record/laws"
    ):
        quads_of(exporting(graphs=("data/record/law.ttl",)))
    with pytest.raises(UnknownNameError, match="unpact info"):
        quads_of(exporting(graphs=("https://example.org/zzz",)))


def test_a_thing_comes_with_its_annotations(exporting: Callable[..., Exporter]) -> None:
    quads = quads_of(exporting(about=("CND",), depth=0, parts=("data",)))
    named = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    assert named == {f"{ID}cnd"}
    told = {(quad.predicate, quad.object) for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    axioms = {quad.subject for quad in quads if isinstance(quad.subject, ox.BlankNode)}
    assert axioms
    for axiom in axioms:
        said = {
            quad.predicate.value.rpartition("#")[2]: quad.object for quad in quads if quad.subject == axiom
        }
        assert said["annotatedSource"] == ox.NamedNode(f"{ID}cnd")
        assert (said["annotatedProperty"], said["annotatedTarget"]) in told


def test_things_of_a_class_or_below_it(
    exporting: Callable[..., Exporter], knowledge: unpact.Knowledge
) -> None:
    quads = quads_of(exporting(classes=("Treaty",), parts=("data",)))
    told = {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    wanted = {thing for (thing,) in knowledge.graph.select("SELECT ?t { ?t a unp:Treaty }")}
    assert told == wanted
    both = quads_of(exporting(classes=("unp:Treaty",), about=("id:tip-protocol",), parts=("data",)))
    assert {quad.subject for quad in both if isinstance(quad.subject, ox.NamedNode)} < told


@pytest.mark.parametrize(
    ("selection", "error", "problem"),
    [
        ({"classes": ("Treety",)}, UnknownNameError, r"nothing is in a class 'Treety'.*Treaty"),
        ({"classes": ("nowhere:Treaty",)}, UnknownNameError, "nothing is in a class"),
        ({"about": ("Atlantis",)}, UnknownNameError, "Atlantis"),
        ({"about": ("protocol",)}, (AmbiguousNameError, UnknownNameError), "protocol"),
        ({"parts": ("facts",)}, UsageError, "there is no part 'facts'"),
    ],
)
def test_what_is_not_there_is_said(
    exporting: Callable[..., Exporter],
    selection: dict[str, tuple[str, ...]],
    error: type[Exception],
    problem: str,
) -> None:
    with pytest.raises(error, match=problem):
        quads_of(exporting(**selection))


def test_blank_nodes_come_with_what_leads_to_them() -> None:
    store = ox.Store()
    graph = ox.NamedNode(f"{GRAPH}user/mine")
    text = f"<{ID}a> <x:p> [ <x:q> ( 1 [ <x:r> 2 ] ) ] . <{ID}b> <x:p> [ <x:q> 3 ] . [] <x:p> 4 ."
    store.load(text.encode(), ox.RdfFormat.TURTLE, to_graph=graph)
    content = Content(store, {"user"}, things={ox.NamedNode(f"{ID}a")})
    values = {quad.object.value for quad in content.quads() if isinstance(quad.object, ox.Literal)}
    assert values == {"1", "2"}
    assert len(list(content.quads())) == 7


def test_a_graph_of_any_other_kind_is_exported_as_well(knowledge: unpact.Knowledge) -> None:
    """As one behind a service: nothing is used but queries."""
    store = ox.Store()
    for name in ("data/record/laws", "data/record/congress"):
        store.extend(knowledge.graph.store.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH + name)))
    store.add(ox.Quad(ox.NamedNode("x:a"), ox.NamedNode("x:b"), ox.BlankNode()))
    copy = store_of(RdflibGraph.copy_of(MemoryGraph(store)))
    assert copy is not store
    assert store_of(MemoryGraph(store)) is store
    wanted, told = ({str(quad) for quad in Content(each, ALL).quads()} for each in (store, copy))
    assert told == wanted
    assert any("x:a" in quad for quad in told), "what is in no named graph is there as well"
