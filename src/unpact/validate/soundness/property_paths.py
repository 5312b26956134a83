"""The syntax rules of property paths (SHACL, section 2.3.1), stricter than reading a path needs.

SHACL for SHACL states them too, in a query that takes most of a second; this way they cost nothing, and say
which part of a path is wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, NamedNode

from unpact.names import RDF
from unpact.shacl.shapes import sh
from unpact.validate.soundness.checks import ILL_FORMED
from unpact.validate.soundness.wording import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.finding import Finding
    from unpact.shacl.triples import Term, Triples
    from unpact.validate.soundness.reporting import Reporter

_PATH: Final = sh("path")
_FIRST, _REST = NamedNode(RDF + "first"), NamedNode(RDF + "rest")
_CHOICE: Final = sh("alternativePath")
_OPERATORS: Final = (
    sh("inversePath"),
    _CHOICE,
    *map(sh, ("zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")),
)


def malformed_paths(reporter: Reporter) -> Iterator[Finding]:
    """Property shapes without a path or with several, and what stands behind `sh:path` and is no path."""
    triples = reporter.shapes.triples
    for node in reporter.nodes:
        used = triples.properties(node)
        paths = used.get(_PATH, [])
        name = reporter.name(node)
        if len(paths) > 1:
            message = f"{name} has {len(paths)} values of sh:path, and can have one"
            mend = "For a choice of properties write sh:path [ sh:alternativePath ( … ) ]."
            yield reporter.finding(ILL_FORMED, message, (node, _PATH, paths[1]), mend=mend)
        elif paths:
            problem = path_problem(triples, paths[0])
            if problem is not None:
                message = f"sh:path of {name} is no property path: {problem}"
                yield reporter.finding(ILL_FORMED, message, (node, _PATH, paths[0]))
        elif used and triples.subjects(sh("property"), node):
            message = f"{name} is a value of sh:property, and so needs a sh:path"
            mend = "Add sh:path, or refer to the shape with sh:node."
            yield reporter.finding(ILL_FORMED, message, (node, None, None), mend=mend)
        if paths and triples.subjects(sh("node"), node):
            message = f"{name} is a value of sh:node, and so cannot have sh:path"
            mend = "Refer to the shape with sh:property."
            yield reporter.finding(ILL_FORMED, message, (node, _PATH, paths[0]), mend=mend)


def path_problem(triples: Triples, node: Term, around: frozenset[Term] = frozenset()) -> str | None:
    """What is wrong with a path; None for a well-formed one.

    Args:
        triples: the shapes graph.
        node: of the path.
        around: the paths that this one is a part of.
    """
    if isinstance(node, NamedNode):
        return None
    if not isinstance(node, BlankNode):
        return f"{word(node)} is neither a property nor a path"
    if node in around:
        return "it contains itself"
    around |= {node}
    if not triples.properties(node).keys().isdisjoint((_FIRST, _REST)):
        return _list_problem(triples, node, around, "a sequence")
    return _operator_problem(triples, node, around)


def _operator_problem(triples: Triples, node: Term, around: frozenset[Term]) -> str | None:
    used = triples.properties(node)
    if len(used) != 1 or not used.keys() <= set(_OPERATORS):
        words = ", ".join(map(word, _OPERATORS))
        return f"it is no list, and does not have exactly one of {words}"
    ((operator, values),) = used.items()
    if len(values) > 1:
        return f"it has {len(values)} values of {word(operator)}"
    if operator == _CHOICE:
        return _list_problem(triples, values[0], around, "a choice")
    return path_problem(triples, values[0], around)


def _list_problem(triples: Triples, head: Term, around: frozenset[Term], what: str) -> str | None:
    try:
        members = triples.collection(head)
    except ValueError:
        return f"{what} has to be a well-formed list, written ( … )"
    if len(members) < 2:  # noqa: PLR2004 - SHACL says two
        return f"{what} has two members or more"
    return next(filter(None, (path_problem(triples, each, around) for each in members)), None)
