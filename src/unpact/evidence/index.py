"""From an asserted triple, or a node, to the passages and sources that state it.

The evidence of a triple is that of the `owl:Axiom` that annotates exactly this triple; without one it is the
evidence of its subject. A triple asserted in `data/article/` rests on sentences (`unp:statedIn`), one
asserted in `data/record/` on sources (`unp:accordingTo`), one of the user's own files on either.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, NamedNode, Triple

from unpact.names import GRAPH, INFERRED_GRAPH, UNP
from unpact.query.bind import fill

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from unpact.graph.interface import Graph, Term

_INFERRED = (NamedNode(INFERRED_GRAPH),)
_BOTH = (UNP + "statedIn", UNP + "accordingTo")
_ARTICLE = GRAPH + "data/article/"
_RECORD = GRAPH + "data/record/"


class EvidenceIndex:
    """Looks evidence up in a graph, one node at a time or many at once, and keeps what it found.

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
        annotated = node.annotated.get(stated, set())
        found: set[NamedNode] = set()
        for kinds in node.layers.get(stated, ()):
            found |= {sentence for kind, sentence in annotated if kind in kinds} or {
                sentence for kind, sentence in node.own if kind in kinds
            }
        if found:
            # the record may confirm a triple of the article without asserting it again
            found |= {sentence for _, sentence in annotated}
        return _sorted(found)

    def triples_of(self, node: NamedNode) -> Iterable[Triple]:
        """The triples of a node with evidence that some file asserts."""
        return (Triple(node, used, value) for used, value in self._node(node).layers)  # type: ignore[arg-type]

    def load(self, nodes: Iterable[NamedNode]) -> None:
        """Look up many nodes at once, with two queries."""
        unknown = {node: _Node() for node in nodes if node not in self._nodes}
        self._nodes.update(unknown)
        for node, kind, sentence, used, value in self._rows("evidence_of.rq", nodes=unknown):
            if isinstance(kind, NamedNode) and isinstance(sentence, NamedNode):
                self._nodes[node].add_evidence((kind.value, sentence), used, value)
        evident = [node for node, known in unknown.items() if known.own or known.annotated]
        for node, file, used, value in self._rows("files_of.rq", nodes=evident, inferred=_INFERRED):
            if isinstance(file, NamedNode) and used is not None and value is not None:
                self._nodes[node].add_file(file.value, used, value)

    def _rows(
        self, query: str, *, nodes: Collection[NamedNode], **inputs: Sequence[NamedNode]
    ) -> Iterator[Any]:
        if nodes:
            yield from self._graph.select(fill(_text(query), {"nodes": list(nodes), **inputs}))

    def load_stated(self) -> Sequence[NamedNode]:
        """Look up all nodes of which anything rests on a sentence, and say which they are."""
        rows = self._graph.select(_text("bearers.rq"))
        nodes = sorted((node for (node,) in rows if isinstance(node, NamedNode)), key=lambda node: node.value)
        self.load(nodes)
        return nodes

    def _node(self, node: NamedNode) -> _Node:
        self.load((node,))
        return self._nodes[node]


class _Node:
    """What the graph holds about the evidence of one node."""

    __slots__ = ("annotated", "layers", "own")

    def __init__(self) -> None:
        self.own: set[tuple[str, NamedNode]] = set()
        self.annotated: dict[tuple[Term, Term], set[tuple[str, NamedNode]]] = {}
        self.layers: dict[tuple[Term, Term], set[tuple[str, ...]]] = {}

    def add_evidence(self, evidence: tuple[str, NamedNode], used: Term | None, value: Term | None) -> None:
        """Note evidence of the node, or of one triple of it."""
        if used is None or value is None:
            self.own.add(evidence)
        else:
            self.annotated.setdefault((used, value), set()).add(evidence)

    def add_file(self, file: str, used: Term, value: Term) -> None:
        """Note that a file asserts a triple of the node."""
        self.layers.setdefault((used, value), set()).add(_kinds(file))


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
