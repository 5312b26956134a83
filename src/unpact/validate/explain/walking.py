"""From a node along a path: the triples at its end, and those that could be written there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unpact.names import RDF
from unpact.shacl.shapes import sh

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

    from unpact.shacl.triples import Term, Triples

_FIRST = NamedNode(RDF + "first")
_REPEATS = tuple(sh(name) for name in ("zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"))


class Step(NamedTuple):
    """The last step of a path.

    Args:
        at: the node that it is taken from.
        used: the property.
        inverse: whether it is taken from object to subject.
        before: the triples that lead to `at`.
    """

    at: Term
    used: NamedNode
    inverse: bool
    before: tuple[Triple, ...] = ()

    def triple(self, value: Term) -> Triple | None:
        """The triple that makes `value` a value; None where a literal would be its subject."""
        subject, target = (value, self.at) if self.inverse else (self.at, value)
        return Triple(subject, self.used, target) if isinstance(subject, NamedNode | BlankNode) else None


class Link(NamedTuple):
    """A value with the triple that makes it one.

    Args:
        value: that the path leads to.
        triple: the last one.
        step: that was taken.
    """

    value: Term
    triple: Triple
    step: Step


def steps(graph: Triples, path: Term, store: Store, focus: Term) -> Iterator[Step]:
    """The last steps of a well-formed path; of a repeated one the first round."""
    if isinstance(path, NamedNode):
        yield Step(focus, path, inverse=False)
        return
    if graph.objects(path, _FIRST):
        yield from _last_steps(graph, graph.collection(path), store, focus)
        return
    for inverse in graph.objects(path, sh("inversePath")):
        for step in steps(graph, inverse, store, focus):
            yield step._replace(inverse=not step.inverse)
    inner = [each for head in graph.objects(path, sh("alternativePath")) for each in graph.collection(head)]
    inner += [each for repeat in _REPEATS for each in graph.objects(path, repeat)]
    for each in inner:
        yield from steps(graph, each, store, focus)


def links(graph: Triples, path: Term, store: Store, focus: Term) -> list[Link]:
    """The values that a path leads to, in a stable order."""
    found = [
        Link(triple.subject if step.inverse else triple.object, triple, step)
        for step in steps(graph, path, store, focus)
        for triple in _written(store, step)
    ]
    return sorted(found, key=lambda link: str(link.triple))


def _written(store: Store, step: Step) -> Iterator[Triple]:
    if step.inverse:
        pattern = store.quads_for_pattern(None, step.used, step.at, None)
    elif isinstance(step.at, Literal | Triple):
        return
    else:
        pattern = store.quads_for_pattern(step.at, step.used, None, None)
    yield from (quad.triple for quad in pattern)


def _last_steps(graph: Triples, sequence: list[Term], store: Store, focus: Term) -> Iterator[Step]:
    *first, last = sequence
    reached: list[tuple[Term, tuple[Triple, ...]]] = [(focus, ())]
    for each in first:
        reached = [
            (link.value, (*before, *link.step.before, link.triple))
            for node, before in reached
            for link in links(graph, each, store, node)
        ]
    for node, before in reached:
        for step in steps(graph, last, store, node):
            yield step._replace(before=(*before, *step.before))
