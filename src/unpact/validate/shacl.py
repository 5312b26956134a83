"""SHACL over the bundled data, alone or together with the user's own files.

The shapes of `ontology/shapes/must` find violations, those of `ontology/shapes/should` warnings. They see
the ontology, the facts, and the inferred types of the things that these name. Other inferred triples, and
nodes that rules made, stay out: a shape speaks of what somebody wrote.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from unpact.corpus import user_files
from unpact.errors import DataSyntaxError, UsageError
from unpact.graph.view import build_view, view_files
from unpact.names import INFERRED_GRAPH, RDF
from unpact.validate.syntax import syntax_findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from unpact.corpus import Corpus
    from unpact.finding import Finding
    from unpact.graph.memory import MemoryGraph


def validate(
    corpus: Corpus, paths: Iterable[str | Path] = (), *, only_paths: bool = False, cache: bool = True
) -> list[Finding]:
    """Check the facts of `corpus`, with those in the user's files if any are named.

    Files that are not RDF, and literals that their datatype does not allow, are reported alone: the shapes
    would only repeat what follows from them.

    Args:
        corpus: the ontology with its shapes and rules, and the bundled facts.
        paths: the user's files, directories, patterns, or `-` for the standard input.
        only_paths: leave out the bundled facts; the ontology stays.
        cache: keep the graph on disk for the next run.

    Returns:
        The findings, violations first; empty when the data conforms to the Shapes Constraint Language
        recommendation (SHACL, W3C 2017) under the corpus's shapes.

    Raises:
        UsageError: for a path that cannot be read, and for a corpus without shapes.
        StoreError: for shapes that SHACL does not allow.
    """
    extra = user_files(paths)
    files = view_files(corpus, "best", extra, only_extra=only_paths)
    shapes = corpus.shape_files()
    if not shapes:
        raise UsageError(
            "there are no shapes in ontology/shapes, so nothing would be checked",
            where=str(corpus.root),
            hint="Put them in ontology/shapes/must and ontology/shapes/should.",
        )
    try:
        graph = build_view(corpus, "best", extra, only_extra=only_paths, cache=cache)
    except DataSyntaxError:
        return syntax_findings(files)
    # pyshacl alone takes a quarter of a second to import
    from unpact.graph.rdflib_engine import graph_of
    from unpact.validate.report import Report, run_shapes
    from unpact.validate.shapes import ShapeNames

    names = ShapeNames(shapes)
    results = run_shapes(graph_of(_checked(graph)), names.graph)
    return sorted(Report(results, names, graph, files).findings(), key=lambda found: found.sort_key)


def _checked(graph: MemoryGraph) -> Iterator[Triple]:
    """The triples that the shapes see."""
    inferred, kind = NamedNode(INFERRED_GRAPH), NamedNode(RDF + "type")
    named = set()
    types = []
    for quad in graph.store:
        if quad.graph_name == inferred:
            if quad.predicate == kind:
                types.append(quad.triple)
        # SHACL is defined for RDF 1.1, which has no triples inside triples
        elif not isinstance(quad.subject, Triple) and not isinstance(quad.object, Triple):
            named |= {quad.subject, quad.object}
            yield quad.triple
    yield from (triple for triple in types if triple.subject in named)
