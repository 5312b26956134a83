"""From an asserted triple, or a node, to the passages and sources that state it.

The evidence of a triple is that of the `owl:Axiom` that annotates exactly this triple; without one it is the
evidence of its subject. A triple asserted in `data/article/` rests on sentences (`unp:statedIn`), one
asserted in `data/record/` on sources (`unp:accordingTo`), one of the user's own files on either.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Triple

from unpact.names import GRAPH, INFERRED_GRAPH, UNP
from unpact.query.bind import fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unpact.graph.interface import Graph, Term

_BOTH = (UNP + "statedIn", UNP + "accordingTo")
_ARTICLE = GRAPH + "data/article/"
_RECORD = GRAPH + "data/record/"

Evidence = frozenset[tuple[str, NamedNode]]
"""The evidence property with the sentence or source."""


class EvidenceIndex:
    """Looks evidence up in a graph, one node at a time, and keeps what it found.

    Args:
        graph: a view with its ontology; it must not change while the index is used.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._nodes: dict[NamedNode, _Node] = {}

    def of_node(self, node: NamedNode | BlankNode) -> tuple[NamedNode, ...]:
        """The sentences and sources that a node carries itself, sorted; none for a blank node."""
        if isinstance(node, BlankNode):
            return ()
        return _sorted(sentence for _, sentence in self._node(node).own)

    def of_triple(self, triple: Triple) -> tuple[NamedNode, ...]:
        """The sentences and sources of an asserted triple, sorted; none for a triple that is not asserted."""
        subject = triple.subject
        if not isinstance(subject, NamedNode):
            return ()
        node = self._node(subject)
        stated = (triple.predicate, triple.object)
        annotated = node.annotated.get(stated, frozenset())
        found: set[NamedNode] = set()
        for kinds in node.layers.get(stated, ()):
            found |= {sentence for kind, sentence in annotated if kind in kinds} or {
                sentence for kind, sentence in node.own if kind in kinds
            }
        if found:
            # the record may confirm a triple of the article without asserting it again
            found |= {sentence for _, sentence in annotated}
        return _sorted(found)

    def _node(self, node: NamedNode) -> _Node:
        if node not in self._nodes:
            self._nodes[node] = _Node(self._graph, node)
        return self._nodes[node]


class _Node:
    """What the graph holds about the evidence of one node."""

    __slots__ = ("annotated", "layers", "own")

    def __init__(self, graph: Graph, node: NamedNode) -> None:
        own: set[tuple[str, NamedNode]] = set()
        annotated: dict[tuple[Term, Term], Evidence] = {}
        for kind, sentence, used, value in graph.select(fill(_text("evidence_of.rq"), {"node": (node,)})):
            if not isinstance(kind, NamedNode) or not isinstance(sentence, NamedNode):
                continue
            if used is None or value is None:
                own.add((kind.value, sentence))
            else:
                key = (used, value)
                annotated[key] = annotated.get(key, frozenset()) | {(kind.value, sentence)}
        layers: dict[tuple[Term, Term], frozenset[tuple[str, ...]]] = {}
        if own or annotated:
            values = {"node": (node,), "inferred": (NamedNode(INFERRED_GRAPH),)}
            for file, used, value in graph.select(fill(_text("files_of.rq"), values)):
                if isinstance(file, NamedNode) and used is not None and value is not None:
                    key = (used, value)
                    layers[key] = layers.get(key, frozenset()) | {_kinds(file.value)}
        self.own: Evidence = frozenset(own)
        self.annotated: Mapping[tuple[Term, Term], Evidence] = annotated
        self.layers: Mapping[tuple[Term, Term], frozenset[tuple[str, ...]]] = layers


def _kinds(file: str) -> tuple[str, ...]:
    """The evidence properties that count for the triples of a file."""
    if file.startswith(_ARTICLE):
        return _BOTH[:1]
    if file.startswith(_RECORD):
        return _BOTH[1:]
    return _BOTH


def _sorted(sentences: Iterable[NamedNode]) -> tuple[NamedNode, ...]:
    from unpact.evidence.premises import reading_order

    return tuple(sorted(set(sentences), key=lambda sentence: reading_order(sentence.value)))


@cache
def _text(file: str) -> str:
    return Path(__file__).with_name(file).read_text(encoding="utf-8")
