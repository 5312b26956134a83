"""What rests on a sentence or a source: statements whose parts can be links."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from unpact.describe.cite import facts_resting_on
from unpact.describe.kinds import kinds_of
from unpact.names import RDF, RDFS
from unpact.serve.linked.values import plain_parts

if TYPE_CHECKING:
    from unpact.describe.facts import Fact
    from unpact.graph.interface import Graph
    from unpact.render.labels import Labels
    from unpact.serve.linked.values import Part

# what a statement is and is called stands in front of it
_IN_FRONT = frozenset({RDF + "type", RDFS + "label"})


class Statement(NamedTuple):
    """What a sentence says of a thing.

    Args:
        thing: its IRI.
        kinds: its classes.
        parts: what is said of it; nothing where it is only named.
    """

    thing: NamedNode
    kinds: tuple[NamedNode, ...]
    parts: tuple[Part, ...]

    @property
    def things(self) -> frozenset[NamedNode]:
        """The thing, and the things that it is said to have to do with."""
        values = (value.thing for part in self.parts for value in part.values)
        return frozenset({self.thing, *(each for each in values if each is not None)})


def statements_on(graph: Graph, sentence: NamedNode, labels: Labels) -> tuple[Statement, ...]:
    """The statements that rest on a sentence or a source, in the order of the words for their things."""
    facts = facts_resting_on(graph, sentence)
    kinds = kinds_of(graph, [fact.subject for fact in facts])
    terms = (term for fact in facts for term in (fact.subject, fact.property, fact.value))
    labels.load([term for term in terms if isinstance(term, NamedNode)])
    labels.load(kind for found in kinds.values() for kind in found)
    said: dict[NamedNode, list[Fact]] = {}
    for fact in facts:
        about = said.setdefault(fact.subject, [])
        if fact.property.value not in _IN_FRONT:
            about.append(fact)
    return tuple(
        Statement(thing, kinds.get(thing, ()), plain_parts(about, labels))
        for thing, about in sorted(said.items(), key=lambda item: (labels(item[0]), item[0].value))
    )
