"""Parameters where they constrain nothing, and shapes that ask for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from unpact.finding import Severity
from unpact.shacl.shapes import sh
from unpact.validate.soundness.checks import NO_EFFECT
from unpact.validate.soundness.declared import TARGETS, demands_something
from unpact.validate.soundness.wording import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

    from unpact.finding import Finding
    from unpact.shacl.triples import Node
    from unpact.validate.soundness.reporting import Reporter

#: What SHACL forbids on a node shape (sections 4.2, 4.4, 4.5 and 4.7).
FORBIDDEN_WITHOUT_PATH: Final = tuple(
    map(sh, ("minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals", "qualifiedValueShape"))
)
_QUALIFYING: Final = tuple(map(sh, ("qualifiedMinCount", "qualifiedMaxCount")))
# a parameter, and those of which it needs one beside it
_COMPANIONS: Final = {
    sh("flags"): (sh("pattern"),),
    sh("ignoredProperties"): (sh("closed"),),
    **dict.fromkeys(_QUALIFYING, (sh("qualifiedValueShape"),)),
    sh("qualifiedValueShapesDisjoint"): (sh("qualifiedValueShape"),),
    sh("qualifiedValueShape"): _QUALIFYING,
}
_EXAMPLES: Final = {
    sh("flags"): 'sh:pattern "^[a-z]+$"',
    sh("ignoredProperties"): "sh:closed true",
    **dict.fromkeys(_QUALIFYING, "sh:qualifiedValueShape [ sh:class … ]"),
    sh("qualifiedValueShapesDisjoint"): "sh:qualifiedValueShape [ sh:class … ]",
    sh("qualifiedValueShape"): "sh:qualifiedMinCount 1",
}
_ADVANCED: Final = tuple(map(sh, ("target", "rule", "expression", "js")))


def without_effect(reporter: Reporter) -> Iterator[Finding]:
    """What somebody wrote in a shape that no validation takes any notice of."""
    for node in reporter.nodes:
        yield from _of_shape(reporter, node)


def _of_shape(reporter: Reporter, node: Node) -> Iterator[Finding]:
    used = reporter.shapes.triples.properties(node)
    pathless = sh("path") not in used
    if pathless:
        for parameter in FORBIDDEN_WITHOUT_PATH:
            if parameter in used:
                yield _without_path(reporter, node, parameter)
    for parameter, needed in _COMPANIONS.items():
        said = pathless and parameter in FORBIDDEN_WITHOUT_PATH
        if parameter in used and not said and used.keys().isdisjoint(needed):
            yield reporter.finding(
                NO_EFFECT,
                f"{word(parameter)} of {reporter.name(node)} has no effect "
                f"without {' or '.join(map(word, needed))}",
                (node, parameter, used[parameter][0]),
                mend=f"Add {_EXAMPLES[parameter]}, or leave {word(parameter)} out.",
            )
    for parameter in _ADVANCED:
        if parameter in used:
            yield _advanced(reporter, node, parameter)
    target = next((each for each in TARGETS if each in used), None)
    if target is not None and not _asks(reporter, node):
        yield reporter.finding(
            NO_EFFECT,
            f"{reporter.name(node)} has a target and asks for nothing",
            (node, target, used[target][0]),
            mend="Add a constraint, such as sh:property [ sh:path … ; sh:minCount 1 ].",
        )


def _asks(reporter: Reporter, node: Node) -> bool:
    """Whether a shape asks for something, or was switched off on purpose."""
    return reporter.shapes.is_deactivated(node) or demands_something(reporter.shapes, node)


def _without_path(reporter: Reporter, node: Node, parameter: NamedNode) -> Finding:
    value = reporter.shapes.triples.objects(node, parameter)[0]
    return reporter.finding(
        NO_EFFECT,
        f"{word(parameter)} has no effect on {reporter.name(node)}, which has no sh:path",
        (node, parameter, value),
        mend=f"Write sh:property [ sh:path … ; {word(parameter)} {word(value)} ].",
        severity=Severity.VIOLATION,
    )


def _advanced(reporter: Reporter, node: Node, parameter: NamedNode) -> Finding:
    return reporter.finding(
        NO_EFFECT,
        f"{word(parameter)} of {reporter.name(node)} has no effect: it belongs to SHACL Advanced Features "
        "or SHACL-JS, and shapes are asked by SHACL Core and SHACL-SPARQL",
        (node, parameter, reporter.shapes.triples.objects(node, parameter)[0]),
        mend="Write a target class or a sh:sparql constraint that says the same.",
    )
