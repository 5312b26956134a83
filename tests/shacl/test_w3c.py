"""The test suite of the W3C for SHACL, where a copy is at hand: `UNPACT_SHACL_TESTS` names its folder."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from unpact.errors import ShapesError
from unpact.names import RDF
from unpact.shacl.engine import in_memory, validate_graph
from unpact.shacl.shapes import ShapesGraph, sh
from unpact.shacl.triples import Triples

from .comparing import Key, keys, path_text, term

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from unpact.shacl.triples import Node, Term

SUITE = os.environ.get("UNPACT_SHACL_TESTS")
MANIFEST = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
EXPECTED = 121
FAILURE = NamedNode(SHT + "Failure")


class Case(NamedTuple):
    """One test: the graphs to validate and what should come of it."""

    name: str
    manifest: Triples
    data: Path
    shapes: Path
    result: Term


def triples_of(path: Path) -> list[Triple]:
    quads = parse(path=str(path), format=RdfFormat.TURTLE, base_iri=path.as_uri())
    return [quad.triple for quad in quads]


def cases() -> list[Case]:
    if SUITE is None:
        return []
    found = []
    root = Path(SUITE).resolve()
    for file in sorted(root.glob("**/*.ttl")):
        manifest = Triples(triples_of(file))
        for test in manifest.subjects(NamedNode(RDF + "type"), NamedNode(SHT + "Validate")):
            action, result = (
                one(manifest, test, NamedNode(MANIFEST + name)) for name in ("action", "result")
            )
            data, shapes = (file_of(manifest, action, name) for name in ("dataGraph", "shapesGraph"))
            found.append(Case(str(file.relative_to(root)), manifest, data, shapes, result))
    return found


def one(graph: Triples, subject: Term, used: NamedNode) -> Term:
    found = graph.object(subject, used)
    assert found is not None
    return found


def file_of(graph: Triples, action: Term, name: str) -> Path:
    found = one(graph, action, NamedNode(SHT + name))
    assert isinstance(found, NamedNode)
    return Path(found.value.removeprefix("file://"))


def expected(case: Case) -> Counter[Key]:
    graph = case.manifest

    def text(result: Node, name: str) -> str | None:
        found = graph.object(result, sh(name))
        return None if found is None else term(found)

    return Counter(
        (
            text(result, "focusNode"),
            path_text(graph, graph.object(result, sh("resultPath"))),
            text(result, "value"),
            text(result, "sourceConstraintComponent"),
            text(result, "resultSeverity"),
            text(result, "sourceShape"),
            frozenset(),
            None,
        )
        for result in graph.objects(case.result, sh("result"))
    )


CASES = cases()


@pytest.mark.skipif(
    SUITE is None, reason="set UNPACT_SHACL_TESTS to the tests folder of the W3C's data-shapes suite"
)
def test_the_whole_suite_is_there() -> None:
    assert len(CASES) == EXPECTED


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_suite_of_the_w3c(case: Case) -> None:
    shapes, data = ShapesGraph(triples_of(case.shapes)), in_memory(triples_of(case.data))
    if case.result == FAILURE:
        with pytest.raises(ShapesError):
            validate_graph(data, shapes)
    else:
        assert keys(validate_graph(data, shapes).results, shapes.triples) == expected(case)
