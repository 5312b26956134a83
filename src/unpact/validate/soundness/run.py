"""All checks of the shapes and of how they meet the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.errors import ShapesError
from unpact.finding import Finding, Severity
from unpact.validate.soundness.asked import Meeting
from unpact.validate.soundness.checks import SHAPES_EMPTY, UNKNOWN_IRI
from unpact.validate.soundness.declared import TARGETS
from unpact.validate.soundness.effect import without_effect
from unpact.validate.soundness.evident import meets
from unpact.validate.soundness.ill_formed import ill_formed
from unpact.validate.soundness.index import DataIndex
from unpact.validate.soundness.known import unknown_iris
from unpact.validate.soundness.meeting import empty_data, uncovered, uncovered_class, unreached
from unpact.validate.soundness.reach import reach_of
from unpact.validate.soundness.references import dangling
from unpact.validate.soundness.reporting import Reporter, nowhere
from unpact.validate.soundness.terms import unknown_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from unpact.graph.interface import Graph
    from unpact.shacl.engine import Data
    from unpact.shacl.shapes import ShapesGraph
    from unpact.shacl.triples import Node
    from unpact.validate.soundness.reporting import Placing


def shapes_findings(shapes: ShapesGraph, *, meta: bool = False, place: Placing = nowhere) -> list[Finding]:
    """What is wrong with shapes whatever the data; no data is asked.

    Args:
        shapes: to check. They need not be well formed.
        meta: whether to hold them against SHACL for SHACL too, and to see whether the engine takes them, as
            suits shapes that a user brought.
        place: of the triples of the shapes files.

    Returns:
        The findings, violations first.

    Raises:
        StoreError: when pyshacl is not installed as it should be.
    """
    return _sorted(_of_shapes(Reporter(shapes, place), meta=meta))


def soundness_findings(
    shapes: ShapesGraph,
    data: Data,
    *,
    meta: bool = False,
    known: AbstractSet[str] | None = None,
    place: Placing = nowhere,
) -> list[Finding]:
    """Whether "conforms" means that something was checked: all checks of this package but the coverage.

    Args:
        shapes: all that the data is validated with. They need not be well formed.
        data: that the shapes see.
        meta: as in `shapes_findings`.
        known: the IRIs of the ontology, where the data does not hold it already.
        place: of the triples of the shapes files.

    Returns:
        The findings, violations first.

    Raises:
        StoreError: when pyshacl is not installed as it should be.
    """
    reporter = Reporter(shapes, place)
    found = _of_shapes(reporter, meta=meta)
    nothing = any(finding.check == SHAPES_EMPTY for finding in found)
    if meets(reporter, data.graph, known or frozenset(), targets=not nothing):
        return _sorted(found)
    index = DataIndex(data.triples())
    found += empty_data(index)
    if index.triples or known is not None:
        found += unknown_iris(reporter, index.iris | (known or frozenset()))
    if index.triples and not nothing:
        reach = reach_of(shapes, index, triples=False)
        unknown = {finding.value for finding in found if finding.check == UNKNOWN_IRI}
        idle = (shape for shape in reach.targeted if not reach.focus.get(shape.node))
        found += unreached(reporter, idle, unknown)
        found += uncovered(shapes, index, reach)
    return _sorted(found)


def soundness_elsewhere(
    shapes: ShapesGraph, graph: Graph, *, own: bool, place: Placing = nowhere
) -> list[Finding]:
    """The same for data that stays in a store or behind a service, and answers a few queries.

    Args:
        shapes: all that the data is validated with; well formed.
        graph: the data.
        own: whether a user brought the shapes. The bundled ones may be about more than there is in one store.
        place: of the triples of the shapes files.

    Returns:
        The findings, violations first.

    Raises:
        StoreError: when the store does not answer, and when pyshacl is not installed as it should be.
    """
    reporter = Reporter(shapes, place)
    found = _of_shapes(reporter, meta=own)
    if not any(finding.check == SHAPES_EMPTY for finding in found):
        meeting = Meeting(shapes, graph)
        if own:
            found += unknown_iris(reporter, meeting.known_iris())
            unknown = {finding.value for finding in found if finding.check == UNKNOWN_IRI}
            found += unreached(reporter, meeting.idle(), unknown)
        found += (uncovered_class(cls, *instances) for cls, instances in meeting.uncovered().items())
    return _sorted(found)


def _of_shapes(reporter: Reporter, *, meta: bool) -> list[Finding]:
    found = [*_no_targets(reporter), *unknown_terms(reporter), *without_effect(reporter)]
    references = list(dangling(reporter))
    said = {term for finding in references for term in (finding.focus, finding.value)}
    return [*found, *references, *ill_formed(reporter, meta=meta, said=said)]


def _no_targets(reporter: Reporter) -> Iterator[Finding]:
    shapes = reporter.shapes
    active = (node for node in reporter.nodes if not shapes.is_deactivated(node))
    if not any(_has_target(shapes, node) for node in active):
        message = "No shape has a target, so nothing is checked."
        mend = "Give a shape sh:targetClass, sh:targetNode, sh:targetSubjectsOf or sh:targetObjectsOf."
        yield Finding(SHAPES_EMPTY, Severity.VIOLATION, message, mend=mend)


def _has_target(shapes: ShapesGraph, node: Node) -> bool:
    if any(each in shapes.triples.properties(node) for each in TARGETS):
        return True
    try:
        return any(shapes.shape(node).targets)
    except ShapesError:
        return False


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(dict.fromkeys(findings), key=lambda finding: finding.sort_key)
