"""Shapes and data for the tests, in a few lines of Turtle each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, parse

from unpact.names import PREFIXES
from unpact.shacl.engine import in_memory
from unpact.shacl.shapes import ShapesGraph
from unpact.validate.soundness.run import shapes_findings, soundness_elsewhere, soundness_findings

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from unpact.finding import Finding
    from unpact.shacl.engine import Data

E = "http://example.org/"
HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
HEAD += f"@prefix ex: <{E}> .\n"
#: Two people, one of them with a house.
PEOPLE = """
ex:ann a ex:Person ; ex:name "Ann" ; ex:home ex:house .
ex:bob a ex:Person ; ex:name "Bob" ; ex:born 1950 ; ex:died 2001 .
ex:house a ex:House ; ex:rooms 4 .
"""
#: Shapes that fit these people.
SOUND = """
ex:PersonShape a sh:NodeShape ; sh:targetClass ex:Person ;
    sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:datatype xsd:string ] ,
        [ sh:path ex:home ; sh:node ex:HouseShape ] , [ sh:path ex:born ; sh:lessThan ex:died ] .
ex:HouseShape a sh:NodeShape ; sh:property [ sh:path ex:rooms ; sh:minCount 1 ] .
"""


def ex(name: str) -> NamedNode:
    return NamedNode(E + name)


def triples(text: str) -> list[Triple]:
    return [quad.triple for quad in parse((HEAD + text).encode(), format=RdfFormat.TURTLE)]


def shapes(text: str) -> ShapesGraph:
    return ShapesGraph(triples(text))


def data(text: str = PEOPLE) -> Data:
    return in_memory(triples(text))


def checks(text: str, facts: str = PEOPLE, *, meta: bool = False, known: set[str] | None = None) -> list[str]:
    return [each.check for each in soundness_findings(shapes(text), data(facts), meta=meta, known=known)]


def of_shapes(text: str, *, meta: bool = False) -> list[Finding]:
    return shapes_findings(shapes(text), meta=meta)


def same_when_asked(text: str, facts: str) -> None:
    """Assert that a store that is asked gives the findings of the index, by whatever instance it shows."""
    graph, seen = shapes(text), data(facts)
    found = soundness_findings(graph, seen, meta=True)
    asked = soundness_elsewhere(graph, seen.graph, own=True)
    assert _without_example(asked) == _without_example(found)


def _without_example(findings: list[Finding]) -> list[Finding]:
    return [replace(each, message=each.message.partition(", such as")[0]) for each in findings]
