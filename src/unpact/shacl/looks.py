"""What a shape looks at, seen from the triples: of which nodes to ask it again when some of these change.

A shape looks along its paths, at the classes of values, and at the properties that it compares; shapes inside
it look on from there. Whether a node conforms depends on the triples that are looked at from it and on
nothing else, so a changed triple can affect only the nodes from which it is looked at. To find them, the way
is walked back from the triple, in the graph as it is now: a way that led over another changed triple is found
from that one.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pyoxigraph import BlankNode, NamedNode

from unpact.names import SH
from unpact.shacl.shapes import OF_A_NODE, SILENT, SUBCLASS, TYPE, is_true, sh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pyoxigraph import Store, Triple

    from unpact.shacl.paths import Path
    from unpact.shacl.shapes import Shape, ShapesGraph, Targets
    from unpact.shacl.triples import Term

    Walk: TypeAlias = Callable[[set[Term]], set[Term]]
    """From some nodes to those that a path leads from to one of them."""

# what the path of the shape has looked at already
_OF_THE_VALUES = (
    *("path", "hasValue", "minCount", "maxCount", "uniqueLang", "qualifiedMinCount", "qualifiedMaxCount"),
    *("qualifiedValueShapesDisjoint", "ignoredProperties"),
)
_PAIRS = ("equals", "disjoint", "lessThan", "lessThanOrEquals")
_SHAPES = ("property", "node", "not", "qualifiedValueShape")
_LISTS_OF_SHAPES = ("and", "or", "xone")
_KNOWN = frozenset(
    sh(name)
    for names in (OF_A_NODE, _OF_THE_VALUES, SILENT, _PAIRS, _SHAPES, _LISTS_OF_SHAPES, ("class", "closed"))
    for name in names
)


class Changes:
    """The triples by which two graphs differ.

    Args:
        triples: those that came and those that went.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.by_property: dict[NamedNode, list[Triple]] = {}
        for triple in triples:
            self.by_property.setdefault(triple.predicate, []).append(triple)

    @property
    def of_hierarchy(self) -> bool:
        """Whether the classes lie otherwise than they did, so that nothing can be said of any node."""
        return SUBCLASS in self.by_property

    def ends(self, look: Look) -> set[Term]:
        """The nodes by which a shape comes to the changed triples that it looks at."""
        used = self.by_property if look.used is None else (look.used,)
        found = (triple for each in used for triple in self.by_property.get(each, ()))
        return {triple.object if look.inverse else triple.subject for triple in found}


class Look(NamedTuple):
    """Some triples that a shape looks at.

    Args:
        used: their property; None for any.
        back: the walk from one end of the triple to the nodes that the shape is asked of.
        inverse: whether that end is the object.
    """

    used: NamedNode | None
    back: Walk
    inverse: bool = False

    def behind(self, walk: Walk) -> Look:
        """The same, of a shape that comes to its nodes by a walk of its own."""
        return self._replace(back=_one_after_the_other(self.back, walk))


class Looks:
    """Finds the nodes that changes can affect.

    Args:
        shapes: that are asked.
        store: the data as it is now.
        changes: since it was asked last.
    """

    def __init__(self, shapes: ShapesGraph, store: Store, changes: Changes) -> None:
        self._shapes = shapes
        self._store = store
        self._changes = changes
        self._open: list[Term] = []

    def affected(self, shape: Shape) -> set[Term] | None:
        """The nodes of which a shape with targets may have other results now.

        Returns:
            None for a shape that asks queries of its own, or refers to itself: it may be any.
        """
        try:
            looks = [*_at_targets(shape.targets), *self._of_shape(shape, _stay)]
        except _AnythingError:
            return None
        found: set[Term] = set()
        for look in looks:
            ends = self._changes.ends(look)
            if ends:
                found |= look.back(ends)
        return found

    def _of_shape(self, shape: Shape, back: Walk) -> Iterator[Look]:
        """What a shape looks at from its focus nodes, which `back` leads on from."""
        if self._shapes.is_deactivated(shape.node):
            return
        if shape.node in self._open or self._asks_more(shape):
            raise _AnythingError
        self._open.append(shape.node)
        try:
            yield from (Look(each, back) for each in self._properties(shape, _PAIRS))
            to_values = back
            if shape.path is not None:
                looks, along = self._of_path(shape.path)
                yield from (look.behind(back) for look in looks)
                to_values = _one_after_the_other(along, back)
            if self._shapes.values(shape, "class"):
                yield Look(TYPE, to_values)
            if any(is_true(each) for each in self._shapes.values(shape, "closed")):
                yield Look(None, to_values)
            for inner in self._inner(shape):
                yield from self._of_shape(self._shapes.shape(inner), to_values)
        finally:
            self._open.pop()

    def _asks_more(self, shape: Shape) -> bool:
        """Whether a shape has a constraint of which it is not known here what it looks at."""
        used = self._shapes.triples.properties(shape.node)
        unknown = {each for each in used if each.value.startswith(SH)} - _KNOWN
        return bool(unknown) or not self._shapes.component_parameters.isdisjoint(used)

    def _properties(self, shape: Shape, parameters: Iterable[str]) -> Iterator[NamedNode]:
        found = (each for name in parameters for each in self._shapes.values(shape, name))
        return (each for each in found if isinstance(each, NamedNode))

    def _inner(self, shape: Shape) -> Iterator[Term]:
        """The shapes that the values of a shape are asked by."""
        for name in _SHAPES:
            yield from self._shapes.values(shape, name)
        for wanted in self._shapes.values(shape, "qualifiedValueShape"):
            yield from self._shapes.qualified_siblings(shape, wanted)
        for name in _LISTS_OF_SHAPES:
            for head in self._shapes.values(shape, name):
                yield from self._shapes.members(head, name)

    def _of_path(self, path: Path, *, inverse: bool = False) -> tuple[list[Look], Walk]:
        """What a path looks at, and the walk from its ends to where it begins."""
        if path.predicate is not None:
            look = Look(path.predicate, _stay, inverse)
            return [look], partial(self._step_back, path.predicate, inverse=inverse)
        if path.operator == "^":
            return self._of_path(path.parts[0], inverse=not inverse)
        parts = [self._of_path(part, inverse=inverse) for part in path.parts]
        if path.operator == "/":
            looks: list[Look] = []
            walk: Walk = _stay
            for further, along in reversed(parts) if inverse else parts:
                looks += [look.behind(walk) for look in further]
                walk = _one_after_the_other(along, walk)
            return looks, walk
        walk = partial(_any_of, [along for _, along in parts])
        if path.operator != "|":
            # one step too many does no harm, so zero or one is walked as zero or more
            walk = partial(_as_often_as_it_leads_on, walk)
            return [look.behind(walk) for look in parts[0][0]], walk
        return [look for looks, _ in parts for look in looks], walk

    def _step_back(self, used: NamedNode, ends: set[Term], *, inverse: bool) -> set[Term]:
        store = self._store
        if not inverse:
            quads = (quad for end in ends for quad in store.quads_for_pattern(None, used, end))
            return {quad.subject for quad in quads}
        resources = (end for end in ends if isinstance(end, NamedNode | BlankNode))
        return {quad.object for end in resources for quad in store.quads_for_pattern(end, used, None)}


class _AnythingError(Exception):
    """A shape may look at any triple."""


def _at_targets(targets: Targets) -> Iterator[Look]:
    if targets.classes:
        yield Look(TYPE, _stay)
    for inverse, properties in ((False, targets.subjects_of), (True, targets.objects_of)):
        yield from (Look(each, _stay, inverse) for each in properties if isinstance(each, NamedNode))


def _stay(nodes: set[Term]) -> set[Term]:
    return nodes


def _one_after_the_other(first: Walk, then: Walk) -> Walk:
    return then if first is _stay else first if then is _stay else lambda nodes: then(first(nodes))


def _any_of(walks: list[Walk], nodes: set[Term]) -> set[Term]:
    return set().union(*(walk(nodes) for walk in walks))


def _as_often_as_it_leads_on(walk: Walk, nodes: set[Term]) -> set[Term]:
    found, new = set(nodes), nodes
    while new:
        new = walk(new) - found
        found |= new
    return found
