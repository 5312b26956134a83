"""What pyshacl reports, as findings: each with the name of its shape, and the file and line of the fault."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyshacl
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from pyshacl.errors import ReportableRuntimeError
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH

from unpact.errors import StoreError
from unpact.finding import Finding, Place
from unpact.graph.rdflib_engine import from_rdflib
from unpact.names import compact
from unpact.validate.lines import lines_of
from unpact.shacl.prepared import PreparedGraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rdflib.term import Node

    from unpact.corpus import CorpusFile
    from unpact.finding import Term
    from unpact.graph.memory import MemoryGraph
    from unpact.validate.lines import Lines
    from unpact.validate.shapes import ShapeNames

_STEPS = (
    (SH.inversePath, "^{}"),
    (SH.zeroOrMorePath, "{}*"),
    (SH.oneOrMorePath, "{}+"),
    (SH.zeroOrOnePath, "{}?"),
)


def run_shapes(data: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph:
    """The validation report of the SHACL recommendation, section 3.6.

    Raises:
        StoreError: for shapes that SHACL does not allow.
    """
    try:
        with _quiet("rdflib.term", "pyshacl"):
            _, report, _ = pyshacl.validate(PreparedGraph(data), shacl_graph=shapes, inplace=True)
    except ReportableRuntimeError as error:
        raise StoreError(f"the shapes cannot be used: {_one_line(error)}", where="ontology/shapes") from None
    if not isinstance(report, rdflib.Graph):
        raise StoreError(f"the shapes cannot be used: {_one_line(report)}", where="ontology/shapes")
    return report


_Pattern = tuple[NamedNode | BlankNode | None, NamedNode | None, "Term | None"]


class Report:
    """Turns a validation report into findings.

    Args:
        results: the report.
        names: of the shapes it speaks of.
        graph: the data, each file a named graph.
        files: the files of the data.
    """

    def __init__(
        self, results: rdflib.Graph, names: ShapeNames, graph: MemoryGraph, files: Sequence[CorpusFile]
    ) -> None:
        self._results = results
        self._names = names
        self._graph = graph
        # the user's files are last, and theirs is the mistake when a triple is in several
        self._files: dict[object, tuple[int, CorpusFile]] = {
            NamedNode(file.graph_iri): (rank, file) for rank, file in enumerate(files)
        }
        self._lines: dict[str, Lines] = {}

    def findings(self) -> Iterator[Finding]:
        """One finding for each result of the report; the details of a result are not repeated."""
        for report in self._results.subjects(RDF.type, SH.ValidationReport):
            for result in self._results.objects(report, SH.result):
                yield self._finding(result)

    def _finding(self, result: Node) -> Finding:
        shape = self._results.value(result, SH.sourceShape)
        focus = self._term(result, SH.focusNode)
        path = self._path(self._results.value(result, SH.resultPath))
        value = self._term(result, SH.value)
        return Finding(
            self._names.check(shape),
            self._names.severity(shape),
            self._message(result),
            focus,
            path,
            value,
            self._place(focus, path, value),
        )

    def _message(self, result: Node) -> str:
        messages = list(self._results.objects(result, SH.resultMessage))
        english = [found for found in messages if getattr(found, "language", None) in (None, "en")]
        return _one_line(min(map(str, english or messages), default="The shape is not met."))

    def _term(self, result: Node, used: Node) -> Term | None:
        found = self._results.value(result, used)
        return None if found is None else from_rdflib(found)

    def _path(self, path: Node | None) -> Term | None:
        if path is None:
            return None
        return NamedNode(str(path)) if isinstance(path, rdflib.URIRef) else Literal(self._path_text(path))

    def _path_text(self, path: Node) -> str:
        """The path as SPARQL writes it; SHACL 2.3.1 has one blank node for each operator."""
        if isinstance(path, rdflib.URIRef):
            return compact(str(path))
        for step, form in _STEPS:
            inner = self._results.value(path, step)
            if inner is not None:
                return form.format(self._grouped(inner))
        choices = self._results.value(path, SH.alternativePath)
        if choices is not None:
            return "|".join(self._grouped(each) for each in Collection(self._results, choices))
        return "/".join(self._grouped(each) for each in Collection(self._results, path))

    def _grouped(self, path: Node) -> str:
        text = self._path_text(path)
        simple = isinstance(path, rdflib.URIRef)
        return text if simple else f"({text})"

    def _place(self, focus: Term | None, path: Term | None, value: Term | None) -> Place | None:
        """Where the wrong triple is written; or else its property, its subject, or a triple that names it."""
        if not isinstance(focus, NamedNode | BlankNode):
            return None
        used = path if isinstance(path, NamedNode) else None
        patterns: list[_Pattern] = [(focus, used, value), (focus, used, None), (focus, None, None)]
        if used is None and isinstance(value, NamedNode | BlankNode):
            # the value of an inverse path is the subject of the triple
            patterns.insert(0, (value, None, focus))
        for pattern in (*patterns, (None, None, focus)):
            triple, file = self._written(pattern)
            if triple is not None and file is not None:
                # a subject as a whole is where it begins
                whole = pattern == (focus, None, None)
                line = self._lines_of(file).of(triple.subject, None if whole else triple.predicate)
                return Place(file.relative, line)
        return None

    def _written(self, pattern: _Pattern) -> tuple[Triple, CorpusFile] | tuple[None, None]:
        """A triple that fits the pattern, with its file: one of the last file."""
        quads = self._graph.store.quads_for_pattern(*pattern, None)
        found = [
            (*self._files[quad.graph_name], quad.triple) for quad in quads if quad.graph_name in self._files
        ]
        if not found:
            return None, None
        _, file, triple = max(found, key=lambda each: (each[0], str(each[2])))
        return triple, file

    def _lines_of(self, file: CorpusFile) -> Lines:
        if file.graph_iri not in self._lines:
            self._lines[file.graph_iri] = lines_of(file)
        return self._lines[file.graph_iri]


@contextmanager
def _quiet(*names: str) -> Iterator[None]:
    """Keep loggers from telling users in tracebacks what the report says in sentences."""
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _one_line(text: object) -> str:
    return " ".join(str(text).split())
