"""What shapes look at: their focus nodes, those of the shapes nested in them, and triples.

A triple is looked at when some constraint could fail because of it:

- the path of a property shape with a constraint leads over it;
- a closed shape has its subject for a focus node;
- it holds the other property of `sh:equals`, `sh:disjoint`, `sh:lessThan` or `sh:lessThanOrEquals`;
- it makes its subject (or object) a focus node, or an instance of the class that `sh:class` wants;
- a `sh:sparql` constraint names its property, and one of its ends is a focus node.

The queries of an author's own constraint components are not read.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from unpact.errors import ShapesError
from unpact.names import PREFIXES
from unpact.shacl.rewrite import code_of
from unpact.shacl.shapes import SUBCLASS, TYPE, is_true, sh
from unpact.validate.soundness.declared import demands_something, nested_shapes, shape_nodes
from unpact.validate.soundness.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unpact.shacl.shapes import Shape, ShapesGraph
    from unpact.shacl.triples import Node, Term
    from unpact.validate.soundness.index import DataIndex, Numbered

_PARTNERS = ("equals", "disjoint", "lessThan", "lessThanOrEquals")


class Reach(NamedTuple):
    """How far shapes reach into some data.

    Args:
        focus: the focus nodes that are in the data, by shape; a nested shape has those it is handed.
        targeted: the shapes that have targets of their own.
        triples: that are looked at; empty where nobody asked for them.
    """

    focus: Mapping[Node, set[int]]
    targeted: tuple[Shape, ...]
    triples: set[Numbered]


def reach_of(shapes: ShapesGraph, index: DataIndex, *, triples: bool = True) -> Reach:
    """How far shapes reach; those that cannot be read reach nothing.

    Args:
        shapes: that are walked.
        index: the data.
        triples: whether to note the triples that are looked at.
    """
    return _Walk(shapes, index, triples=triples).reach()


def targeted_shapes(shapes: ShapesGraph) -> Iterator[Shape]:
    """The shapes with targets of their own; without those that are switched off or cannot be read."""
    for node in shape_nodes(shapes):
        shape = _readable(shapes, node)
        if shape is not None and any(shape.targets):
            yield shape


class _Walk:
    """One walk from the targets to whatever the shapes lead to, each shape with each node once."""

    def __init__(self, shapes: ShapesGraph, index: DataIndex, *, triples: bool) -> None:
        self._shapes = shapes
        self._index = index
        self._steps = Steps(shapes.triples, index)
        self._noting = triples
        self._triples: set[Numbered] = set()
        self._focus: dict[Node, set[int]] = {}
        self._todo: deque[tuple[Shape, set[int]]] = deque()
        self._prefixes = {**PREFIXES, **dict(_declared(shapes))}

    def reach(self) -> Reach:
        targeted = tuple(targeted_shapes(self._shapes))
        self._todo.extend((shape, self._targets(shape)) for shape in targeted)
        while self._todo:
            shape, nodes = self._todo.popleft()
            known = self._focus.setdefault(shape.node, set())
            new = nodes - known
            if new:
                known |= new
                self._look(shape, new)
        return Reach(self._focus, targeted, self._triples)

    def _targets(self, shape: Shape) -> set[int]:
        found: set[int] = set()
        targets = shape.targets
        numbers = (self._index.number(node) for node in targets.nodes)
        found.update(number for number in numbers if number is not None)
        for cls in targets.classes:
            for kind in self._classes(cls):
                found.update(self._index.instances.get(kind, ()))
                self._mark(TYPE, ((node, kind) for node in self._index.instances.get(kind, ())))
        for tables, used in (
            *((self._index.forward, used) for used in targets.subjects_of),
            *((self._index.backward, used) for used in targets.objects_of),
        ):
            found.update(tables(used))
            self._mark(used, ((s, o) for s, ends in self._index.forward(used).items() for o in ends))
        return found

    def _look(self, shape: Shape, nodes: set[int]) -> None:
        """Mark what a shape looks at, at some focus nodes, and hand its value nodes on."""
        nested = [_readable(self._shapes, each) for each in nested_shapes(self._shapes, shape.node)]
        if not self._noting and not any(nested):
            # nobody asks where the path leads
            return
        values = nodes
        if shape.path is not None:
            noted = self._noting and demands_something(self._shapes, shape.node)
            values = self._steps.follow(shape.path.node, nodes, self._triples if noted else None)
        if self._noting:
            self._note(shape, nodes, values)
        self._todo.extend((inner, values) for inner in nested if inner is not None)

    def _note(self, shape: Shape, nodes: set[int], values: set[int]) -> None:
        """Mark what a shape looks at beside its path."""
        for name in _PARTNERS:
            for other in self._shapes.values(shape, name):
                table = self._index.forward(other)
                self._mark(other, ((node, end) for node in nodes & table.keys() for end in table[node]))
        for used in self._queried(shape):
            self._mark(used, self._touching(used, nodes))
        for cls in self._shapes.values(shape, "class"):
            kinds = self._classes(cls)
            types = self._index.types
            self._mark(TYPE, ((v, kind) for v in values & types.keys() for kind in types[v] if kind in kinds))
        if any(is_true(each) for each in self._shapes.values(shape, "closed")):
            for value in values & self._index.by_subject.keys():
                self._triples.update(self._index.by_subject[value])

    def _classes(self, cls: Term) -> frozenset[int]:
        """A class of the data with those below it; the triples that say so are looked at."""
        number = self._index.number(cls)
        if number is None:
            return frozenset()
        kinds = self._index.below(number)
        above = self._index.forward(SUBCLASS)
        self._mark(
            SUBCLASS, ((sub, sup) for sub in kinds & above.keys() for sup in above[sub] if sup in kinds)
        )
        return kinds

    def _touching(self, used: NamedNode, nodes: set[int]) -> Iterator[tuple[int, int]]:
        forward, backward = self._index.forward(used), self._index.backward(used)
        yield from ((node, end) for node in nodes & forward.keys() for end in forward[node])
        yield from ((start, node) for node in nodes & backward.keys() for start in backward[node])

    def _queried(self, shape: Shape) -> Iterator[NamedNode]:
        """The properties of the data that the SPARQL constraints of a shape name."""
        for constraint in self._shapes.values(shape, "sparql"):
            if self._shapes.is_deactivated(constraint):
                continue
            for text in self._shapes.triples.objects(constraint, sh("select")):
                try:
                    code = code_of(text.value, self._prefixes) if isinstance(text, Literal) else []
                except ShapesError:
                    continue
                iris = (
                    token[1:-1] for token in dict.fromkeys(code) if token.startswith("<") and ":" in token
                )
                yield from (used for used in map(NamedNode, iris) if self._index.forward(used))

    def _mark(self, used: Term, pairs: Iterable[tuple[int, int]]) -> None:
        number = self._index.number(used)
        if self._noting and number is not None:
            self._triples.update((subject, number, value) for subject, value in pairs)


def _readable(shapes: ShapesGraph, node: Term) -> Shape | None:
    if shapes.is_deactivated(node):
        return None
    try:
        return shapes.shape(node)
    except ShapesError:
        return None


def _declared(shapes: ShapesGraph) -> Iterator[tuple[str, str]]:
    """All prefixes that the shapes graph declares for its queries."""
    for node, prefix in shapes.triples.subject_objects(sh("prefix")):
        namespace = shapes.triples.object(node, sh("namespace"))
        if isinstance(prefix, Literal) and isinstance(namespace, Literal | NamedNode):
            yield prefix.value, namespace.value
