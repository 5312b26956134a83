"""The shapes with their stable names, `must/<name>` and `should/<name>`, and the severity of their folder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import rdflib
from rdflib.namespace import SH

from unpact.corpus.syntax import read_quads
from unpact.finding import Severity
from unpact.graph.rdflib_engine import graph_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rdflib.term import Node

    from unpact.corpus import CorpusFile

_FOLDER = re.compile(r"ontology/shapes/(must|should)/")
_SEVERITIES = {"must": Severity.VIOLATION, "should": Severity.WARNING}
_OTHER = "must"
_LOCAL_NAME = re.compile(r"[^/#]+\Z")
# how one shape contains another
_CONTAINING = (SH.property, SH.node, SH.qualifiedValueShape)


class ShapeNames:
    """The shapes of some files in one graph, and what to call each.

    Args:
        files: Turtle under `ontology/shapes/must` and `ontology/shapes/should`.

    Raises:
        DataSyntaxError: for a file that is not RDF.
    """

    def __init__(self, files: Sequence[CorpusFile]) -> None:
        self._folders: dict[Node, str] = {}
        triples = []
        for file in files:
            found = _FOLDER.match(file.relative)
            of_file = [quad.triple for quad in read_quads(file)]
            for subject in set(graph_of(of_file).subjects()):
                self._folders.setdefault(subject, found[1] if found else _OTHER)
            triples += of_file
        self.graph: rdflib.Graph = graph_of(triples)

    def severity(self, shape: Node | None) -> Severity:
        """The severity that the folder of the shape stands for."""
        return _SEVERITIES[self._folder(shape)]

    def check(self, shape: Node | None) -> str:
        """The id of the check: the folder, and the name of the shape or of the nearest named one around."""
        named = self._named(shape)
        name = _LOCAL_NAME.search(str(named)) if named is not None else None
        return f"{self._folder(shape)}/{name[0] if name else 'unnamed-shape'}"

    def _folder(self, shape: Node | None) -> str:
        return _OTHER if shape is None else self._folders.get(shape, _OTHER)

    def _named(self, shape: Node | None) -> Node | None:
        seen: set[Node] = set()
        around = [] if shape is None else [shape]
        while around:
            each = around.pop(0)
            if each in seen:
                continue
            seen.add(each)
            if isinstance(each, rdflib.URIRef):
                return each
            around += [outer for used in _CONTAINING for outer in self.graph.subjects(used, each)]
        return None
