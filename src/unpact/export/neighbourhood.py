"""What is around a thing: the things that relations lead to, or come from, in so many steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.export.nodes import TYPE
from unpact.export.things import EVIDENCE
from unpact.names import UNP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple


def neighbourhood(
    triples: Iterable[Triple], centres: Iterable[NamedNode], depth: int
) -> frozenset[NamedNode]:
    """The centres, and all that is at most `depth` relations away from one of them.

    A step goes along a relation or against it, but not over a source, a class or a controlled value, which
    have something to do with nearly everything; nor over what only is named, such as a topic.

    Args:
        triples: the facts whose relations count.
        centres: where to begin.
        depth: 0 for the centres alone.
    """
    next_to: dict[NamedNode, set[NamedNode]] = {}
    subjects: set[NamedNode] = set()
    for subject, used, value in triples:
        if not isinstance(subject, NamedNode):
            continue
        subjects.add(subject)
        is_relation = used != TYPE and used.value not in EVIDENCE and isinstance(value, NamedNode)
        if is_relation and not value.value.startswith(UNP):
            next_to.setdefault(subject, set()).add(value)
            next_to.setdefault(value, set()).add(subject)
    found = set(centres)
    edge = found
    for _ in range(depth):
        # the first step may also begin at a topic
        passed = edge if edge is found else edge & subjects
        edge = {other for node in passed for other in next_to.get(node, ())} - found
        found = found | edge
    return frozenset(found)
