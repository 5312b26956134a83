"""Shapes as a shapes graph declares them (SHACL, section 2): their targets, path, severity and messages.

The constraints of a shape stay in the graph; `unpact.shacl.constraints` reads them from there.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from unpact.errors import ShapesError
from unpact.graph.reached import reached
from unpact.names import RDF, RDFS, SH
from unpact.shacl.paths import Path, read_path
from unpact.shacl.triples import Node, Term, Triples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple


def sh(name: str) -> NamedNode:
    """A term of the SHACL vocabulary."""
    return NamedNode(SH + name)


TYPE, SUBCLASS = NamedNode(RDF + "type"), NamedNode(RDFS + "subClassOf")
_CLASS = NamedNode(RDFS + "Class")
_SHAPE_CLASSES = (sh("NodeShape"), sh("PropertyShape"))
_TARGETS = (sh("targetNode"), sh("targetClass"), sh("targetSubjectsOf"), sh("targetObjectsOf"))
_TRUE = ("true", "1")

OF_A_NODE = (
    *("datatype", "nodeKind", "minInclusive", "minExclusive", "maxInclusive", "maxExclusive", "pattern"),
    *("flags", "minLength", "maxLength", "languageIn", "in"),
)
"""The constraint parameters that ask for nothing beside the value node itself."""
SILENT = (
    *("severity", "message", "name", "description", "order", "group", "deactivated", "defaultValue"),
    *("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf"),
)
"""What a shape may say beside its constraints."""


class Targets(NamedTuple):
    """What a shape is to be asked of; empty for a shape that only others refer to."""

    nodes: tuple[Term, ...] = ()
    classes: tuple[Term, ...] = ()
    subjects_of: tuple[Term, ...] = ()
    objects_of: tuple[Term, ...] = ()


class Shape(NamedTuple):
    """One shape.

    Args:
        node: its name, or the blank node it stands at.
        path: of a property shape; None for a node shape.
        targets: what it is asked of by itself.
        severity: `sh:Violation`, `sh:Warning`, `sh:Info` or one of the author's own.
        messages: for the people who edit the data.
    """

    node: Node
    path: Path | None
    targets: Targets
    severity: NamedNode
    messages: tuple[Literal, ...]

    def __hash__(self) -> int:
        return hash(self.node)


class ShapesGraph:
    """The shapes of a graph; each is read when it is first asked for.

    Args:
        triples: of the shapes graph.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = Triples(triples)
        self._shapes: dict[Term, Shape] = {}
        self._class_types: frozenset[Term] | None = None

    def with_targets(self) -> list[Shape]:
        """The shapes that have a target, in the order of the graph.

        Raises:
            ShapesError: for a shape that is not well formed.
        """
        found = (node for node in self.triples.subjects_all() if self._has_target(node))
        return [self.shape(node) for node in found if not self.is_deactivated(node)]

    def shape(self, node: Term) -> Shape:
        """The shape that stands at `node`.

        Raises:
            ShapesError: when it is a literal, or has more than one path.
        """
        if node not in self._shapes:
            if not isinstance(node, NamedNode | BlankNode):
                raise ShapesError(f"{node} stands where a shape is wanted")
            self._shapes[node] = self._read(node)
        return self._shapes[node]

    def is_deactivated(self, node: Term) -> bool:
        """Whether `sh:deactivated` switches a shape or a SPARQL constraint off."""
        return any(is_true(value) for value in self.triples.objects(node, sh("deactivated")))

    @cached_property
    def component_parameters(self) -> frozenset[Term]:
        """The properties that are parameters of the author's own constraint components."""
        parameters = self.triples.subject_objects(sh("parameter"))
        paths = (self.triples.object(each, sh("path")) for _, each in parameters)
        # the vocabulary of SHACL declares its own components in the same way
        return frozenset(
            each for each in paths if isinstance(each, NamedNode) and not each.value.startswith(SH)
        )

    def values(self, shape: Shape, parameter: str) -> list[Term]:
        """The values of a constraint parameter of the SHACL vocabulary."""
        return self.triples.objects(shape.node, sh(parameter))

    def members(self, head: Term, parameter: str) -> list[Term]:
        """The members of a list that is the value of a parameter.

        Raises:
            ShapesError: when the list is not well formed.
        """
        try:
            return self.triples.collection(head)
        except ValueError as error:
            raise ShapesError(f"the list of sh:{parameter} is not well formed: {error}") from None

    def qualified_siblings(self, shape: Shape, wanted: Term) -> list[Term]:
        """The qualified shapes of the other properties around, where they are to be disjoint (4.7.3)."""
        if not any(is_true(each) for each in self.values(shape, "qualifiedValueShapesDisjoint")):
            return []
        found: dict[Term, None] = {}
        for around in self.triples.subjects(sh("property"), shape.node):
            for other in self.triples.objects(around, sh("property")):
                found.update(dict.fromkeys(self.triples.objects(other, sh("qualifiedValueShape"))))
        found.pop(wanted, None)
        return list(found)

    def integer(self, shape: Shape, parameter: str) -> int | None:
        """A count or length.

        Raises:
            ShapesError: when it is no whole number, or there are several.
        """
        values = self.values(shape, parameter)
        if not values:
            return None
        if len(values) > 1 or not isinstance(values[0], Literal):
            raise ShapesError(f"sh:{parameter} of {shape.node} has to be one whole number")
        try:
            return int(values[0].value)
        except ValueError:
            raise ShapesError(f"sh:{parameter} of {shape.node} is no whole number") from None

    def _read(self, node: Node) -> Shape:
        paths = self.triples.objects(node, sh("path"))
        if len(paths) > 1:
            raise ShapesError(f"the shape {node} has {len(paths)} paths")
        if not paths and sh("PropertyShape") in self.triples.objects(node, TYPE):
            raise ShapesError(f"the property shape {node} has no sh:path")
        severities = [
            each for each in self.triples.objects(node, sh("severity")) if isinstance(each, NamedNode)
        ]
        return Shape(
            node,
            read_path(self.triples, paths[0]) if paths else None,
            Targets(
                tuple(self.triples.objects(node, sh("targetNode"))),
                tuple(self._target_classes(node)),
                tuple(self.triples.objects(node, sh("targetSubjectsOf"))),
                tuple(self.triples.objects(node, sh("targetObjectsOf"))),
            ),
            severities[0] if severities else sh("Violation"),
            tuple(each for each in self.triples.objects(node, sh("message")) if isinstance(each, Literal)),
        )

    def _target_classes(self, node: Node) -> Iterator[Term]:
        yield from self.triples.objects(node, sh("targetClass"))
        if isinstance(node, NamedNode) and self._is_class(node):
            yield node

    def _is_class(self, node: Term) -> bool:
        """Whether a shape is a class too, and so has its instances for targets (section 2.1.3.3)."""
        if self._class_types is None:
            classes: list[Term] = [_CLASS]
            below = reached(classes, lambda each: self.triples.subjects(SUBCLASS, each))
            self._class_types = frozenset(below)
        types = self.triples.objects(node, TYPE)
        return any(each in self._class_types for each in types)

    def _has_target(self, node: Term) -> bool:
        properties = self.triples.properties(node)
        if any(target in properties for target in _TARGETS):
            return True
        types = properties.get(TYPE, [])
        return any(shape in types for shape in _SHAPE_CLASSES) and self._is_class(node)


def is_true(term: Term) -> bool:
    """Whether a term is the boolean true."""
    return isinstance(term, Literal) and term.value in _TRUE
