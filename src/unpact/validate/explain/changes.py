"""Mistakes to try, made from the constraints of a shape: the simplest first."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unpact.names import OWL
from unpact.shacl.shapes import is_true, sh
from unpact.validate.explain.facts import TYPE
from unpact.validate.explain.nested import classes_in, paths_in
from unpact.validate.explain.rearranged import iris_in, rearranged
from unpact.validate.explain.trial import Change
from unpact.validate.explain.variants import another, wrong_values
from unpact.validate.explain.walking import links, steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.shacl.shapes import Shape, ShapesGraph
    from unpact.shacl.triples import Term
    from unpact.validate.explain.facts import Facts
    from unpact.validate.explain.walking import Link

_FOREIGN = 12
_OBJECT_PROPERTY = NamedNode(OWL + "ObjectProperty")


class Changes:
    """Makes changes.

    Args:
        graph: the shapes.
        facts: to change.
    """

    def __init__(self, graph: ShapesGraph, facts: Facts) -> None:
        self.graph = graph
        self.facts = facts

    def of(self, shape: Shape, focus: Term) -> Iterator[Change]:
        """Changes at a focus node of a shape, some of which the shape does not mind."""
        if shape.path is not None:
            yield from self._at_path(shape, focus)
        else:
            yield from self._at_node(shape, focus)
            for inner in paths_in(self.graph, shape):
                yield from self._at_path(inner, focus)
        yield from rearranged(self.facts, focus, self.mentioned(shape))

    def links(self, shape: Shape, focus: Term) -> list[Link]:
        """The values of a property shape at a node; none of a node shape."""
        if shape.path is None:
            return []
        return links(self.graph.triples, shape.path.node, self.facts.store, focus)

    def mentioned(self, shape: Shape) -> frozenset[NamedNode]:
        """The IRIs that a shape names: those of its path, its pairs of properties and its queries."""
        paths = [each.path for each in (shape, *paths_in(self.graph, shape))]
        found: set[NamedNode] = set().union(*(each.predicates for each in paths if each is not None))
        for name in ("equals", "disjoint", "lessThan", "lessThanOrEquals"):
            found.update(each for each in self.graph.values(shape, name) if isinstance(each, NamedNode))
        for constraint in self.graph.values(shape, "sparql"):
            text = self.graph.triples.object(constraint, sh("select"))
            if isinstance(text, Literal):
                found |= iris_in(text.value)
        return frozenset(found)

    def _at_path(self, shape: Shape, focus: Term) -> Iterator[Change]:
        present = self.links(shape, focus)
        removed = tuple(dict.fromkeys(link.triple for link in present))
        if removed and any(self.graph.values(shape, name) for name in ("minCount", "hasValue")):
            yield Change(removed)
        for link in present[:2]:
            for value in wrong_values(self.graph, self.facts, shape, link.value):
                triple = link.step.triple(value)
                if triple is not None and triple != link.triple:
                    yield Change((link.triple,), (triple,))
        if removed and self.graph.values(shape, "qualifiedMinCount"):
            yield Change(removed)
        yield from self._pairs(shape, focus, present)
        yield from self._more(shape, focus, present)

    def _more(self, shape: Shape, focus: Term, present: list[Link]) -> Iterator[Change]:
        """Values beside those that there are."""
        if shape.path is None:
            return
        most = self.graph.integer(shape, "maxCount") or self.graph.integer(shape, "qualifiedMaxCount") or 0
        missing = max(most + 1 - len(present), 1)
        have = {link.value for link in present}
        for step in steps(self.graph.triples, shape.path.node, self.facts.store, focus):
            values = [each for link in present for each in another(link.value)]
            offered = [] if step.inverse else self._offered(shape, step.used)
            # two texts in one language are better made than found
            first = [*values, *offered] if self.graph.values(shape, "uniqueLang") else [*offered, *values]
            new = [each for each in dict.fromkeys((*first, *self.facts.things)) if each not in have]
            written = [triple for triple in map(step.triple, new) if triple is not None]
            for start in range(min(len(written), 6)):
                yield Change((), tuple(written[start : start + missing]))
            for triple in written[:40] if missing == 1 else ():
                yield Change((), (triple,))

    def _offered(self, shape: Shape, used: NamedNode) -> list[Term]:
        """Values that somebody could write for a property: those of other things, or a text."""
        found: list[Term] = list(self.facts.values(used))
        if found or Triple(used, TYPE, _OBJECT_PROPERTY) in {*self.facts.about(used, TYPE)}:
            return found
        return [Literal("n/a")] if not self.graph.values(shape, "class") else []

    def _pairs(self, shape: Shape, focus: Term, present: list[Link]) -> Iterator[Change]:
        for name in ("lessThan", "lessThanOrEquals", "disjoint", "equals"):
            for other in self.graph.values(shape, name):
                theirs = self.facts.about(focus, other) if isinstance(other, NamedNode) else []
                for link in present[:1]:
                    for triple in theirs[:1]:
                        swapped = link.step.triple(triple.object)
                        back = Triple(triple.subject, triple.predicate, link.value)
                        if swapped is not None:
                            yield Change((link.triple,), (swapped,))
                            yield Change((link.triple, triple), (swapped, back))
                yield Change(tuple(theirs))

    def _at_node(self, shape: Shape, focus: Term) -> Iterator[Change]:
        if not isinstance(focus, NamedNode | BlankNode):
            return
        if any(is_true(each) for each in self.graph.values(shape, "closed")):
            yield from islice(self._foreign(focus), _FOREIGN)
        for cls in classes_in(self.graph, shape):
            yield Change((), (Triple(focus, TYPE, cls),))
        yield from (Change((each,)) for each in self.facts.about(focus, TYPE))
        if self.graph.values(shape, "nodeKind"):
            own = self.facts.about(focus)
            yield Change(
                tuple(own), tuple(Triple(BlankNode("unnamed"), each.predicate, each.object) for each in own)
            )

    def _foreign(self, focus: NamedNode | BlankNode) -> Iterator[Change]:
        """Properties that other things have; first those whose domain says nothing new of the node."""
        own = {each.predicate for each in self.facts.about(focus)}
        types = {each.object for each in self.facts.about(focus, TYPE)}
        found: list[tuple[int, Triple]] = []
        for used in self.facts.properties:
            if used in own:
                continue
            for value in self.facts.values(used)[:1]:
                triple = Triple(focus, used, value)
                new = [each for each in self.facts.implied(triple) if each.subject == focus]
                found.append((sum(each.object not in types for each in new), triple))
        for _, triple in sorted(found, key=lambda each: each[0]):
            yield Change((), (triple,))
