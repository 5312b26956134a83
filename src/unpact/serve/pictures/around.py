"""What a picture of a thing shows: the things next to it, and how they are related to it.

A node that stands for a statement is no thing of its own here: it relates the thing to what it speaks of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from unpact.describe.kinds import kinds_of
from unpact.evidence.premises import reading_order
from unpact.names import DCTERMS, UNP
from unpact.serve.pictures.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unpact.describe.show import Description, Detail
    from unpact.graph.interface import Graph
    from unpact.render.labels import Labels

# what says where a fact is stated, and no relation between things
_NO_RELATION = frozenset({UNP + "statedIn", UNP + "accordingTo", DCTERMS + "source"})


class Neighbour(NamedTuple):
    """A thing next to the one in the middle.

    Args:
        node: its IRI.
        name: its label.
        kind: its classes in words; empty for what has none.
        relations: how it is related, in words.
        points_here: whether it is the one that says so.
    """

    node: NamedNode
    name: str
    kind: str
    relations: tuple[str, ...]
    points_here: bool


class Around(NamedTuple):
    """A thing, and the things next to it in the order of their kinds and names."""

    node: NamedNode
    name: str
    kind: str
    neighbours: tuple[Neighbour, ...]


def around(graph: Graph, description: Description, labels: Labels) -> Around:
    """What is next to a thing according to its description; terms of the ontology are left out."""
    relations: dict[NamedNode, dict[str, bool]] = {}
    for node, words, points_here in _relations(description, labels):
        if node != description.thing and not node.value.startswith(UNP):
            said = relations.setdefault(node, {})
            said[words] = said.get(words, True) and points_here
    kinds = kinds_of(graph, sorted(relations, key=str))
    labels.load([*relations, *(kind for found in kinds.values() for kind in found)])
    neighbours = [_neighbour(node, said, kinds, labels) for node, said in relations.items()]
    return Around(
        description.thing,
        printable(labels(description.thing)),
        printable(", ".join(map(labels, description.kinds))),
        tuple(sorted(neighbours, key=_order)),
    )


def _relations(description: Description, labels: Labels) -> Iterator[tuple[NamedNode, str, bool]]:
    for detail in description.facts:
        if isinstance(detail.value, NamedNode) and detail.property.value not in _NO_RELATION:
            words = labels(detail.property)
            if detail.parts:
                yield from ((node, words, False) for node in _things(detail.parts))
            else:
                yield detail.value, words, False
    for mention in description.mentions:
        links = [link for link in mention.links if link.property.value not in _NO_RELATION]
        if links and mention.details:
            words = ", ".join(map(labels, mention.kinds)) or "mentioned together"
            yield from ((node, words, False) for node in _things(mention.details))
        elif links:
            yield mention.node, ", ".join(sorted({labels(link.property) for link in links})), True


def _things(details: Iterable[Detail]) -> Iterator[NamedNode]:
    for detail in details:
        if isinstance(detail.value, NamedNode) and detail.property.value not in _NO_RELATION:
            yield detail.value


def _neighbour(
    node: NamedNode,
    said: Mapping[str, bool],
    kinds: Mapping[NamedNode, tuple[NamedNode, ...]],
    labels: Labels,
) -> Neighbour:
    kind = printable(", ".join(map(labels, kinds.get(node, ()))))
    relations = tuple(sorted(printable(words) for words in said))
    return Neighbour(node, printable(labels(node)), kind, relations, all(said.values()))


def _order(neighbour: Neighbour) -> tuple[object, ...]:
    return not neighbour.kind, neighbour.kind, neighbour.name, reading_order(neighbour.node.value)
