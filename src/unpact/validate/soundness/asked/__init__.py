"""How shapes meet data that stays where it is, asked in SPARQL.

Each query is a file beside this one, in which `$terms` stands for what is asked about. Its answer has a row
for each term that the shapes name, or for each class or property of the data; none fetches the data itself.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from unpact.errors import ShapesError
from unpact.graph.reached import reached
from unpact.shacl.plan import Compiler
from unpact.shacl.run import subclasses_in
from unpact.shacl.scope import NotCompilable, written
from unpact.shacl.shapes import is_true, sh
from unpact.validate.soundness.declared import nested_shapes
from unpact.validate.soundness.meeting import examines, is_vocabulary
from unpact.validate.soundness.vocabulary import STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from unpact.graph.interface import Graph, Row
    from unpact.shacl.scope import Nodes
    from unpact.shacl.shapes import Shape, ShapesGraph
    from unpact.shacl.triples import Term

# so that no query grows beyond what a service takes
_AT_ONCE = 500


class Instances(NamedTuple):
    """The instances of a class.

    Args:
        number: of them.
        example: one of them.
    """

    number: int
    example: Term


class Meeting:
    """Answers how shapes and data meet.

    Args:
        shapes: well formed.
        graph: the data.
    """

    def __init__(self, shapes: ShapesGraph, graph: Graph) -> None:
        self._shapes = shapes
        self._graph = graph
        self._nested = {
            each for node in shapes.triples.subjects_all() for each in nested_shapes(shapes, node)
        }

    def known_iris(self) -> AbstractSet[str]:
        """The IRIs among those that the shapes name which the data has too; and, should it lack any, all its
        classes and properties, so that what was meant can be found among them.
        """
        named = {each.object for each in self._shapes.triples if isinstance(each.object, NamedNode)}
        wanted = {each for each in named if each.value not in STANDARD}
        found: set[Term | None] = {
            term for term, (_, _, mentioned) in self._present(wanted).items() if mentioned
        }
        datatypes = {each for _, each in self._shapes.triples.subject_objects(sh("datatype"))}
        found |= {term for (term,) in self._about("datatypes", wanted & datatypes - found)}
        if found < wanted:
            found |= {term for (term,) in self._rows("vocabulary")}
        return {term.value for term in found if isinstance(term, NamedNode)}

    def idle(self) -> list[Shape]:
        """The shapes with targets that name nothing in the data, and that no other shape refers to."""
        targeted = self._shapes.with_targets()
        named = {term for shape in targeted for terms in shape.targets for term in terms}
        lower = {each for shape in targeted for cls in shape.targets.classes for each in self._below(cls)}
        present = self._present(each for each in named | lower if isinstance(each, NamedNode | Literal))
        return [
            shape for shape in targeted if shape.node not in self._nested and not self._meets(shape, present)
        ]

    def uncovered(self) -> Mapping[NamedNode, Instances]:
        """The classes none of whose instances a shape looks at."""
        classes = {
            cls: Instances(int(number.value), example)
            for cls, number, example in self._rows("classes")
            if isinstance(cls, NamedNode) and isinstance(number, Literal) and example is not None
        }
        targeted = self._shapes.with_targets()
        direct = {each for shape in targeted for cls in shape.targets.classes for each in self._below(cls)}
        left = {cls: n for cls, n in classes.items() if cls not in direct and not is_vocabulary(cls)}
        if left:
            try:
                for nodes in dict.fromkeys(self._looked_at(targeted)):
                    for cls in self._met_by(nodes, left):
                        left.pop(cls, None)
                    if not left:
                        break
            except NotCompilable:
                # no query can name the nodes of some shape, so nobody can say what it leaves out
                return {}
        return left

    def _met_by(self, nodes: Nodes, classes: Iterable[NamedNode]) -> list[NamedNode]:
        """Which of some classes have an instance among some nodes."""
        kinds = f"VALUES ?class {{ {_listed(classes)} }} {nodes.var} a ?class ."
        rows = self._graph.select(f"SELECT DISTINCT ?class WHERE {{ {nodes.pattern} {kinds} }}")
        return [cls for (cls,) in rows if isinstance(cls, NamedNode)]

    def _present(self, terms: Iterable[Term]) -> dict[Term, tuple[bool, bool, bool]]:
        """For each term whether it is a class with instances, a property, and mentioned at all."""
        rows = self._about("present", terms)
        return {
            term: (_holds(typing), _holds(linking), _holds(mentioned))
            for term, typing, linking, mentioned in rows
            if term is not None
        }

    def _meets(self, shape: Shape, present: Mapping[Term, tuple[bool, bool, bool]]) -> bool:
        nodes, classes, subjects, objects = shape.targets
        # what no query can name, or the store names otherwise, is taken to be there
        there = (True, True, True)
        return (
            any(present.get(each, there)[2] for each in nodes)
            or any(present.get(each, there)[0] for cls in classes for each in self._below(cls))
            or any(present.get(each, there)[1] for each in (*subjects, *objects))
        )

    def _looked_at(self, targeted: Sequence[Shape]) -> Iterator[Nodes]:
        """The focus nodes of the shapes, and of those in them that ask something of a node."""
        compiler = Compiler(self._shapes, subclasses_in(self._graph), flat=False)
        for shape in targeted:
            for nodes in compiler.focus_nodes(shape.targets):
                yield nodes
                yield from self._handed_on(compiler, shape, nodes, ())

    def _handed_on(
        self, compiler: Compiler, shape: Shape, nodes: Nodes, around: tuple[Term, ...]
    ) -> Iterator[Nodes]:
        values = compiler.scope.values(nodes, shape).without_carried()
        for node in nested_shapes(self._shapes, shape.node):
            if node in (*around, shape.node):
                raise NotCompilable("the shape refers to itself")
            if self._shapes.is_deactivated(node):
                continue
            try:
                inner = self._shapes.shape(node)
            except ShapesError:
                continue
            if examines(self._shapes, node):
                yield values
            yield from self._handed_on(compiler, inner, values, (*around, shape.node))

    def _below(self, cls: Term) -> set[Term]:
        """A class and all below it."""
        return set(reached([cls], lambda each: self._lower.get(each, ())))

    @cached_property
    def _lower(self) -> Mapping[Term, list[Term]]:
        found: dict[Term, list[Term]] = {}
        for lower, upper in self._rows("subclasses"):
            if lower is not None and upper is not None:
                found.setdefault(upper, []).append(lower)
        return found

    def _about(self, name: str, terms: Iterable[Term]) -> Iterator[Row]:
        ordered = sorted(terms, key=str)
        for start in range(0, len(ordered), _AT_ONCE):
            yield from self._rows(name, terms=_listed(ordered[start : start + _AT_ONCE]))

    def _rows(self, name: str, terms: str = "") -> list[Row]:
        query = Path(__file__).with_name(f"{name}.rq").read_text(encoding="utf-8")
        return list(self._graph.select(query.replace("$terms", terms)))


def _listed(terms: Iterable[Term]) -> str:
    return " ".join(written(each) for each in terms)


def _holds(term: Term | None) -> bool:
    return term is not None and is_true(term)
