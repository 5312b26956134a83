"""What kind of thing something is: its classes, without those that merely follow from another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.describe.patterns import select
from unpact.names import OWL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unpact.graph.interface import Graph

_SAYS_NOTHING = frozenset({OWL + "NamedIndividual", OWL + "Thing"})


def kinds_of(graph: Graph, things: Iterable[NamedNode]) -> Mapping[NamedNode, tuple[NamedNode, ...]]:
    """The narrowest classes of each of `things`, in the order of their IRIs; things without a class are left
    out.
    """
    wanted = tuple(dict.fromkeys(things))
    classes: dict[NamedNode, set[NamedNode]] = {}
    for thing, kind in select(graph, "kinds", things=wanted) if wanted else ():
        if isinstance(thing, NamedNode) and isinstance(kind, NamedNode) and kind.value not in _SAYS_NOTHING:
            classes.setdefault(thing, set()).add(kind)
    above = _superclasses(graph, sorted(set().union(*classes.values()), key=str))
    return {
        thing: tuple(sorted(kinds - set().union(*(above.get(kind, set()) for kind in kinds)), key=str))
        for thing, kinds in classes.items()
    }


def _superclasses(graph: Graph, classes: Iterable[NamedNode]) -> Mapping[NamedNode, set[NamedNode]]:
    wanted = tuple(classes)
    found: dict[NamedNode, set[NamedNode]] = {}
    for kind, above in select(graph, "superclasses", classes=wanted) if wanted else ():
        if isinstance(kind, NamedNode) and isinstance(above, NamedNode):
            found.setdefault(kind, set()).add(above)
    # Two classes that are each other's subclass mean the same: neither hides the other.
    return {
        kind: {other for other in others if kind not in found.get(other, set())}
        for kind, others in found.items()
    }
