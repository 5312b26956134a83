"""Things with names, classes and facts, and the relations between them: what tables and pictures show."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from unpact.describe.kinds import kinds_of
from unpact.export.nodes import TYPE, Nodes
from unpact.names import OWL, UNP
from unpact.render.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from unpact.export.content import Content
    from unpact.export.nodes import Value
    from unpact.graph.interface import Graph

#: What says where a fact is stated, and is no relation between things.
EVIDENCE = frozenset({UNP + "statedIn", UNP + "accordingTo"})

_ANNOTATED = tuple(NamedNode(OWL + f"annotated{part}") for part in ("Source", "Property", "Target"))


class Thing(NamedTuple):
    """Something that has a name of its own, or a node without one.

    Args:
        node: its IRI or its label as a blank node.
        name: its label, or the last part of its IRI; empty for a node without one.
        kinds: its narrowest classes.
        said: the values of each property.
    """

    node: NamedNode | BlankNode
    name: str
    kinds: tuple[NamedNode, ...]
    said: Mapping[NamedNode, list[Value]]


class Relation(NamedTuple):
    """A triple between two things, with what an OWL axiom annotates it with."""

    source: NamedNode
    used: NamedNode
    target: NamedNode
    annotations: Mapping[NamedNode, list[Value]]


class Things:
    """The things of an export.

    Args:
        content: what is exported.
        graph: where names and classes are looked up; it may hold more.
        language: of the names.
    """

    def __init__(self, content: Content, graph: Graph, language: str = "en") -> None:
        self.language = language
        self._content = content
        self._nodes = Nodes(content.triples())
        self._graph = graph
        self._labels = Labels(graph, language)

    @cached_property
    def subjects(self) -> tuple[NamedNode | BlankNode, ...]:
        """All of which something is said, IRIs before blank nodes, sorted."""
        found = [each for each in self._nodes.every_subject() if isinstance(each, NamedNode | BlankNode)]
        return tuple(sorted(found, key=lambda each: (isinstance(each, BlankNode), each.value)))

    @cached_property
    def named(self) -> tuple[Thing, ...]:
        """The things with an IRI, and those that they lead to, sorted by IRI."""
        subjects = {each for each in self.subjects if isinstance(each, NamedNode)}
        wanted = sorted(subjects | {relation.target for relation in self.relations}, key=str)
        return tuple(self._things(wanted))

    def every(self) -> tuple[Thing, ...]:
        """All of which something is said, nodes without a name last."""
        return tuple(self._things(self.subjects))

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """The triples between things, sorted; neither classes nor the controlled values of the ontology are
        things here.
        """
        annotations = self._annotations()
        pairs = self._between()
        self._labels.load(used for _, used, _ in pairs)
        return tuple(
            Relation(source, used, target, annotations.get((source, used, target), {}))
            for source, used, target in pairs
        )

    def label(self, node: NamedNode) -> str:
        """What a class, a property or a thing is called."""
        return self._labels(node)

    def load_labels(self, nodes: Iterable[NamedNode]) -> None:
        """Look up many names at once."""
        self._labels.load(nodes)

    def _between(self) -> list[tuple[NamedNode, NamedNode, NamedNode]]:
        pairs = [
            (subject, used, value)
            for subject in self.subjects
            if isinstance(subject, NamedNode)
            for used, values in self._nodes.said_of(subject).items()
            if used != TYPE
            for value in values
            if isinstance(value, NamedNode) and not value.value.startswith(UNP)
        ]
        subjects = set(self.subjects)
        elsewhere = {value for _, _, value in pairs} - subjects
        described = subjects | set(kinds_of(self._graph, sorted(elsewhere, key=str)))
        within = self._content.things
        return sorted(
            (pair for pair in pairs if pair[2] in described and (within is None or pair[2] in within)),
            key=str,
        )

    def _annotations(self) -> dict[tuple[object, ...], Mapping[NamedNode, list[Value]]]:
        found: dict[tuple[object, ...], Mapping[NamedNode, list[Value]]] = {}
        for node in self.subjects:
            said = self._nodes.said_of(node)
            if all(len(said.get(part, ())) == 1 for part in _ANNOTATED):
                rest = {used: values for used, values in said.items() if used not in (*_ANNOTATED, TYPE)}
                found[tuple(said[part][0] for part in _ANNOTATED)] = rest
        return found

    def _things(self, nodes: Collection[NamedNode | BlankNode]) -> Iterator[Thing]:
        iris = [node for node in nodes if isinstance(node, NamedNode)]
        self._labels.load(iris)
        kinds = kinds_of(self._graph, iris)
        self._labels.load(kind for found in kinds.values() for kind in found)
        for node in nodes:
            said = self._nodes.said_of(node)
            if isinstance(node, NamedNode):
                yield Thing(node, self._labels(node), kinds.get(node, ()), said)
            else:
                own = tuple(kind for kind in said.get(TYPE, ()) if isinstance(kind, NamedNode))
                yield Thing(node, "", own, said)


def plain(value: Value) -> str:
    """A value as a cell or an attribute holds it: the whole IRI, or the text of a literal."""
    return value.value if isinstance(value, NamedNode | Literal) else str(value)


def joined(values: Collection[Value]) -> str:
    r"""Values in one text, between them `|`; a `|` or `\` inside a value has a `\` in front of it."""
    return "|".join(plain(value).replace("\\", "\\\\").replace("|", "\\|") for value in values)
