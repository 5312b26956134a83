"""Shapes against the syntax rules of SHACL: what cannot be read, and what SHACL for SHACL finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal

from unpact.shacl.nesting import EXPECTING, EXPECTING_LISTS
from unpact.shacl.shapes import ShapesGraph, sh
from unpact.validate.soundness.checks import ILL_FORMED
from unpact.validate.soundness.declared import list_members
from unpact.validate.soundness.meta import meta_results
from unpact.validate.soundness.meta_wording import described
from unpact.validate.soundness.property_paths import malformed_paths
from unpact.validate.soundness.queries import malformed_queries
from unpact.validate.soundness.reading import unreadable
from unpact.validate.soundness.wording import in_words, word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from unpact.finding import Finding
    from unpact.shacl.triples import Node, Term
    from unpact.validate.soundness.reporting import Reporter

_QUERYING = tuple(map(sh, ("sparql", "validator", "nodeValidator", "propertyValidator")))


def ill_formed(
    reporter: Reporter, *, meta: bool = False, said: Collection[Term | None] = ()
) -> list[Finding]:
    """Each shape that SHACL does not allow, with the reason.

    Args:
        reporter: of the shapes.
        meta: whether to ask SHACL for SHACL and to compile the shapes too; without it, only paths, queries
            and references are looked at, which takes no time.
        said: the nodes of which another check has said what is wrong.

    Raises:
        StoreError: when pyshacl is not installed as it should be.
    """
    found = [*_queries(reporter), *malformed_paths(reporter), *_misplaced(reporter)]
    if meta:
        found += _ruled(reporter, {*said, *(finding.focus for finding in found)})
        found += _refused(reporter, {*said, *(finding.focus for finding in found)})
    return found


def _queries(reporter: Reporter) -> Iterator[Finding]:
    for node, predicate, text, problem in malformed_queries(reporter.shapes):
        owner = next(_owners(reporter.shapes, node), node)
        message = f"{word(predicate)} of {reporter.name(owner)} is no query: {problem}"
        yield reporter.finding(ILL_FORMED, message, (node, predicate, text))


def _owners(shapes: ShapesGraph, node: Term) -> Iterator[Node]:
    """The shapes or components that a query belongs to."""
    for used in _QUERYING:
        yield from shapes.triples.subjects(used, node)


def _misplaced(reporter: Reporter) -> Iterator[Finding]:
    """Literals that stand where a shape is wanted."""
    shapes = reporter.shapes
    for node in reporter.nodes:
        for parameter in (*EXPECTING, *EXPECTING_LISTS):
            for value in shapes.triples.objects(node, parameter):
                members = [value] if parameter in EXPECTING else list_members(shapes, value)
                wrong = next((each for each in members if isinstance(each, Literal)), None)
                if wrong is not None:
                    name = reporter.name(node)
                    message = f"{word(parameter)} of {name} has {word(wrong)} where a shape is wanted"
                    yield reporter.finding(ILL_FORMED, message, (node, parameter, value))


def _ruled(reporter: Reporter, said: Collection[Term | None]) -> Iterator[Finding]:
    """What SHACL for SHACL finds in the shapes, each triple once."""
    found = (described(reporter, result) for result in meta_results(reporter.shapes))
    for at, message in dict.fromkeys(found):
        if at[0] not in said:
            yield reporter.finding(ILL_FORMED, message, at)


def _refused(reporter: Reporter, said: Collection[Term | None]) -> Iterator[Finding]:
    """What the engine refuses, apart from shapes of which something is said already."""
    shapes = reporter.shapes
    broken = {node for node, *_ in malformed_queries(shapes)}
    if broken:
        # with such a query the engine cannot even begin to compile the shape
        shapes = ShapesGraph(
            each for each in shapes.triples if not (each.predicate in _QUERYING and each.object in broken)
        )
    for node, reason in unreadable(shapes).items():
        if node not in said:
            text = in_words(shapes, reason)
            name = reporter.name(node)
            message = text if name in text else f"{name} cannot be read: {text}"
            yield reporter.finding(ILL_FORMED, message, (node, None, None))
