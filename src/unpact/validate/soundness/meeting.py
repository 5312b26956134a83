"""How shapes and data meet: shapes that nothing reaches, and classes that no shape reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from unpact.finding import Finding, Severity
from unpact.names import OWL, RDF, RDFS, SH
from unpact.shacl.shapes import sh
from unpact.validate.soundness.checks import DATA_EMPTY, UNCOVERED, UNREACHED
from unpact.validate.soundness.wording import word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from unpact.shacl.shapes import Shape, ShapesGraph
    from unpact.shacl.triples import Term
    from unpact.validate.soundness.index import DataIndex
    from unpact.validate.soundness.reach import Reach
    from unpact.validate.soundness.reporting import Reporter

_LANGUAGES: Final = (OWL, RDFS, RDF, SH)
# a nested shape with one of these asks something about the node and not only about what kind of node it is
_EXAMINING: Final = tuple(map(sh, ("path", "property", "closed", "sparql", "equals", "disjoint")))


def empty_data(index: DataIndex) -> Iterator[Finding]:
    """A data graph without triples, which conforms to everything."""
    if not index.triples:
        mend = "Name the files to validate."
        yield Finding(
            DATA_EMPTY, Severity.VIOLATION, "There are no triples, so nothing is checked.", mend=mend
        )


def unreached(
    reporter: Reporter, idle: Iterable[Shape], unknown: Collection[Term | None]
) -> Iterator[Finding]:
    """Shapes whose targets name nothing in the data.

    Args:
        reporter: for the findings.
        idle: the shapes with targets that have no focus node.
        unknown: what is reported as unknown already; a shape for nothing else is not reported again.
    """
    for shape in idle:
        named = [term for _, terms in _targets(shape) for term in terms]
        if not all(term in unknown for term in named):
            parameter, terms = next((used, terms) for used, terms in _targets(shape) if terms)
            # a class that is a shape is its own target, without a triple that says so
            said = None if terms[0] == shape.node else parameter
            at = (shape.node, said, None if said is None else terms[0])
            message = f"{reporter.name(shape.node)} checks nothing: in the data {_nothing(shape)}"
            mend = "Correct the target, or leave the shape out."
            yield reporter.finding(UNREACHED, message, at, mend=mend)


def uncovered(shapes: ShapesGraph, index: DataIndex, reach: Reach) -> Iterator[Finding]:
    """Classes none of whose instances is a focus node of a shape, be it a nested one."""
    direct = {shape.node for shape in reach.targeted}
    reached: set[int] = set()
    for node, nodes in reach.focus.items():
        if node in direct or examines(shapes, node):
            reached |= nodes
    for cls, instances in index.instances.items():
        term = index.terms[cls]
        if isinstance(term, NamedNode) and not is_vocabulary(term) and reached.isdisjoint(instances):
            yield uncovered_class(term, len(instances), index.terms[instances[0]])


def uncovered_class(cls: NamedNode, number: int, example: Term) -> Finding:
    """What to say of a class that no shape looks at.

    Args:
        cls: the class.
        number: of its instances.
        example: one of them.
    """
    counted = "1 instance" if number == 1 else f"{number} instances"
    message = f"No shape looks at the {counted} of {word(cls)}, such as {word(example)}."
    mend = f"Write a shape with sh:targetClass {word(cls)}."
    return Finding(UNCOVERED, Severity.WARNING, message, cls, mend=mend)


def examines(shapes: ShapesGraph, node: Term) -> bool:
    """Whether a nested shape asks more of a node than of what kind it is."""
    used = shapes.triples.properties(node)
    return any(each in used for each in (*_EXAMINING, *shapes.component_parameters))


def is_vocabulary(term: NamedNode) -> bool:
    """Whether a class is one of RDF, RDF Schema, OWL or SHACL, which no shape need look at."""
    return term.value.startswith(_LANGUAGES)


def _targets(shape: Shape) -> tuple[tuple[NamedNode, tuple[Term, ...]], ...]:
    targets = shape.targets
    return (
        (sh("targetClass"), targets.classes),
        (sh("targetNode"), targets.nodes),
        (sh("targetSubjectsOf"), targets.subjects_of),
        (sh("targetObjectsOf"), targets.objects_of),
    )


def _nothing(shape: Shape) -> str:
    classes, nodes, subjects, objects = (terms for _, terms in _targets(shape))
    parts = []
    if classes:
        parts.append(f"nothing is of class {_any(classes)}")
    if nodes:
        parts.append(f"there is no {_any(nodes)}")
    if subjects or objects:
        parts.append(f"nothing has {_any((*subjects, *objects))}")
    return ", and ".join(parts)


def _any(terms: tuple[Term, ...]) -> str:
    return " or ".join(word(term) for term in dict.fromkeys(terms))
