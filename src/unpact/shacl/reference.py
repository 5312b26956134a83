"""pyshacl, the reference: validates the shapes that no query can ask, or all of them where that is wanted."""

from __future__ import annotations

import logging
import warnings
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING

import pyshacl
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode
from pyshacl.errors import ReportableRuntimeError, ValidationFailure
from rdflib.namespace import RDF, SH

from unpact.errors import ShapesError
from unpact.graph.rdflib_engine import from_rdflib, graph_of
from unpact.shacl.parameters import with_parameters
from unpact.shacl.prepared import PreparedGraph
from unpact.shacl.run import Result
from unpact.shacl.shapes import sh

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple
    from rdflib.term import Node

    from unpact.shacl.shapes import Shape, ShapesGraph
    from unpact.shacl.triples import Term

_VALIDATORS = ("validator", "nodeValidator", "propertyValidator")


def report_of(data: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph:
    """The validation report of the SHACL recommendation, section 3.6, as pyshacl writes it.

    Raises:
        ShapesError: for shapes that SHACL does not allow.
    """
    try:
        with _quiet("rdflib.term", "pyshacl"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _, report, _ = pyshacl.validate(PreparedGraph(data), shacl_graph=shapes, inplace=True)
    except (ReportableRuntimeError, ValidationFailure) as error:
        message = " ".join(str(getattr(error, "message", error)).split())
        raise ShapesError(f"the shapes cannot be used: {message}") from None
    if not isinstance(report, rdflib.Graph):
        raise ShapesError(f"the shapes cannot be used: {' '.join(str(report).split())}")
    return report


def results_of_reference(
    graph: ShapesGraph,
    shapes: Iterable[Shape] | None,
    data: Iterable[Triple],
    prepared: rdflib.Graph | None = None,
) -> list[Result]:
    """The results of pyshacl for some shapes of a graph, or for all of it.

    Args:
        graph: all shapes, since one may refer to others.
        shapes: those with targets that are asked; None for all.
        data: the triples to validate.
        prepared: the same triples in an rdflib graph, where that is at hand; to make one takes a while.

    Raises:
        ShapesError: for shapes that SHACL does not allow.
    """
    asked = None if shapes is None else {shape.node for shape in shapes}
    silent = [] if asked is None else [each for each in graph.with_targets() if each.node not in asked]
    # without its targets a shape is asked only by those that refer to it
    targets = {sh(name) for name in ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")}
    dropped = {(shape.node, target) for shape in silent for target in targets}
    implicit = {shape.node for shape in silent}
    classes = {NamedNode("http://www.w3.org/2000/01/rdf-schema#Class")}
    kept = [
        triple
        for triple in graph.triples
        if (triple.subject, triple.predicate) not in dropped
        and not (triple.subject in implicit and triple.object in classes)
    ]
    validated = list(data)
    report = report_of(graph_of(validated) if prepared is None else prepared, graph_of(kept))
    return list(with_parameters(_results(report, graph), graph, validated))


def _results(report: rdflib.Graph, graph: ShapesGraph) -> Iterator[Result]:
    for head in report.subjects(RDF.type, SH.ValidationReport):
        for node in report.objects(head, SH.result):
            yield _result(report, node, graph)


def _result(report: rdflib.Graph, node: Node, graph: ShapesGraph) -> Result:
    def term(used: Node) -> Term | None:
        found = report.value(node, used)
        return None if found is None else from_rdflib(found)

    shape, focus, component = term(SH.sourceShape), term(SH.focusNode), term(SH.sourceConstraintComponent)
    if shape is None or focus is None or not isinstance(component, NamedNode):
        raise ShapesError("the reference engine gave a result without a shape, a focus node or a component")
    source = term(SH.sourceConstraint)
    validators = (graph.triples.objects(component, sh(name)) for name in _VALIDATORS)
    writers = (shape, source, *chain.from_iterable(validators))
    messages: list[Term] = []
    # where nobody wrote a message, pyshacl makes one of its own
    if any(each is not None and graph.triples.objects(each, sh("message")) for each in writers):
        messages = [from_rdflib(each) for each in report.objects(node, SH.resultMessage)]
    return Result(
        focus,
        graph.shape(shape),
        component,
        term(SH.value),
        term(SH.resultPath),
        None,
        source if isinstance(source, NamedNode | BlankNode) else None,
        tuple(each for each in messages if isinstance(each, Literal)),
        tuple(_result(report, each, graph) for each in report.objects(node, SH.detail)),
    )


@contextmanager
def _quiet(*names: str) -> Iterator[None]:
    """Keep loggers from telling users in tracebacks what a sentence says."""
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
