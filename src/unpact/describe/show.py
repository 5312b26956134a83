"""Everything the graph says about one thing, grouped: its names, its facts, and what speaks of it.

A node that stands for one statement (an act, a membership, a budget) is folded into the line that leads to
it, with its own facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from unpact.describe.facts import Fact, incoming, outgoing
from unpact.describe.kinds import kinds_of
from unpact.describe.patterns import select
from unpact.describe.when import when_of
from unpact.evidence.index import EvidenceIndex
from unpact.evidence.premises import Premises, reading_order
from unpact.names import DCTERMS, RDF, RDFS, SKOS, SOURCE, UNP
from unpact.query.period import TODAY, period_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unpact.graph.derivations import Derivations
    from unpact.graph.interface import Graph, Term
    from unpact.query.period import Period

_LABELS = frozenset(
    {RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel", DCTERMS + "title", UNP + "acronym"}
)
_EVIDENCE = frozenset({UNP + "statedIn", UNP + "accordingTo"})
_TYPE = RDF + "type"
# what the mark of a description, planned or current or ended, is reckoned from
_RECKONED = frozenset(UNP + name for name in ("begunBy", "lastsUntil", "earliestAsOf", "latestAsOf"))
_NOT_SAID = _EVIDENCE | _LABELS | _RECKONED | {_TYPE, UNP + "restsOn"}
_STATEMENT = NamedNode(UNP + "Statement")


@dataclass(frozen=True, slots=True)
class Detail:
    """One fact of a description: a property and a value, where it is stated, and what the value itself
    consists of, and what its dates say as of the day of the description.
    """

    property: NamedNode
    value: Term
    inferred: bool
    sentences: tuple[NamedNode, ...]
    named: bool = True
    parts: tuple[Detail, ...] = ()
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A node that points to the thing described: what it is, by which properties it does, what else it says,
    and what its dates say as of the day of the description.
    """

    node: NamedNode
    named: bool
    kinds: tuple[NamedNode, ...]
    links: tuple[Detail, ...]
    details: tuple[Detail, ...]
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """Everything about `thing`, as of a day, a month or a year, and what its own dates say then."""

    thing: NamedNode
    kinds: tuple[NamedNode, ...]
    names: tuple[Detail, ...]
    facts: tuple[Detail, ...]
    mentions: tuple[Mention, ...]
    own_sentences: tuple[NamedNode, ...]
    as_of: str
    when: str | None

    @property
    def sentences(self) -> tuple[NamedNode, ...]:
        """Every sentence that something in this description rests on, in reading order."""
        details = (*self.names, *self.facts, *(link for each in self.mentions for link in each.links))
        details += tuple(detail for each in self.mentions for detail in each.details)
        found = {sentence for detail in details for sentence in _behind(detail)} | set(self.own_sentences)
        return tuple(sorted(found, key=lambda sentence: reading_order(sentence.value)))


def _behind(detail: Detail) -> Iterable[NamedNode]:
    yield from detail.sentences
    for part in detail.parts:
        yield from _behind(part)


def show(
    graph: Graph, thing: NamedNode, as_of: Period | None = None, derivations: Derivations | None = None
) -> Description:
    """Describe `thing` as of a period, or today; a thing that the graph does not know has an empty
    description. `derivations` as for `unpact.evidence.premises.Premises`.
    """
    as_of = as_of or period_of(TODAY)
    own = outgoing(graph, [thing])
    about = incoming(graph, [thing])
    nodes = {fact.subject for fact in about} | {
        fact.value for fact in own if isinstance(fact.value, NamedNode)
    }
    around = _Neighbourhood(graph, thing, nodes, as_of, derivations)
    relations = _Relations.of(graph)
    asserted = {(fact.property, fact.value) for fact in own if not fact.inferred}
    shown = [
        fact
        for fact in own
        if fact.property.value not in _EVIDENCE | _RECKONED | {_TYPE}
        and not (fact.inferred and relations.follows(fact, asserted))
    ]
    naming = _LABELS | {identifier.value for identifier in relations.below(NamedNode(UNP + "identifier"))}
    return Description(
        thing=thing,
        kinds=around.kinds.get(thing, ()),
        names=tuple(around.detail(fact) for fact in shown if fact.property.value in naming),
        facts=tuple(around.detail(fact) for fact in shown if fact.property.value not in naming),
        mentions=tuple(around.mentions(_not_said_before(about, own, relations))),
        own_sentences=tuple(around.evidence.of_node(thing)),
        as_of=as_of.text,
        when=when_of(own, as_of),
    )


def _not_said_before(about: Iterable[Fact], own: Iterable[Fact], relations: _Relations) -> list[Fact]:
    """The incoming facts that are not one of the thing's own facts read backwards."""
    backwards = {
        (inverse, fact.value) for fact in own for inverse in relations.inverses.get(fact.property, ())
    }
    told = [fact for fact in about if (fact.property, fact.subject) not in backwards]
    asserted = {(fact.subject, fact.property) for fact in told if not fact.inferred}
    return [
        fact
        for fact in told
        if not fact.inferred
        or not any((fact.subject, narrower) in asserted for narrower in relations.below(fact.property))
    ]


class _Neighbourhood:
    """The thing and the nodes next to it, read with one query each for facts, kinds and names."""

    def __init__(
        self,
        graph: Graph,
        thing: NamedNode,
        nodes: Iterable[NamedNode],
        as_of: Period,
        derivations: Derivations | None,
    ) -> None:
        self._thing = thing
        self._as_of = as_of
        near = tuple(nodes)
        self.evidence = EvidenceIndex(graph)
        self.evidence.load((thing, *near))
        self._premises = Premises(graph, self.evidence, derivations)
        self._facts: dict[NamedNode, list[Fact]] = {}
        for fact in outgoing(graph, near):
            self._facts.setdefault(fact.subject, []).append(fact)
        self.kinds = kinds_of(graph, (thing, *near))

    def detail(self, fact: Fact) -> Detail:
        """`fact` with its sentences, and with the facts of a value that has no name of its own."""
        value = fact.value
        named = not isinstance(value, NamedNode) or self._is_named(value)
        parts = self._parts(value)
        return Detail(
            fact.property,
            value,
            fact.inferred,
            self._sentences(fact),
            named=named,
            parts=parts,
            when=self._when(value) if parts and isinstance(value, NamedNode) else None,
        )

    def mentions(self, about: Iterable[Fact]) -> Iterable[Mention]:
        """One mention for each node that points to the thing."""
        links: dict[NamedNode, list[Fact]] = {}
        for fact in about:
            links.setdefault(fact.subject, []).append(fact)
        for node, facts in links.items():
            named = self._is_named(node)
            yield Mention(
                node=node,
                named=named,
                kinds=self.kinds.get(node, ()),
                links=tuple(
                    Detail(fact.property, fact.value, fact.inferred, self._sentences(fact)) for fact in facts
                ),
                details=self._plain(node) if self._unfolds(node) else (),
                when=self._when(node),
            )

    def _when(self, node: NamedNode) -> str | None:
        return when_of(self._facts.get(node, ()), self._as_of)

    def _parts(self, value: Term) -> tuple[Detail, ...]:
        return self._plain(value) if isinstance(value, NamedNode) and self._unfolds(value) else ()

    def _plain(self, node: NamedNode) -> tuple[Detail, ...]:
        """What a node says itself; what merely follows counts only for a node that is wholly derived."""
        facts = [fact for fact in self._facts.get(node, ()) if fact.property.value not in _NOT_SAID]
        own = [fact for fact in facts if not fact.inferred] or facts
        return tuple(
            Detail(fact.property, fact.value, fact.inferred, self._sentences(fact))
            for fact in own
            if fact.value != self._thing
        )

    def _unfolds(self, node: NamedNode) -> bool:
        """Whether a node is shown by what it says: it has no name, or it stands for a statement."""
        kinds = {fact.value for fact in self._facts.get(node, ()) if fact.property.value == _TYPE}
        return not self._is_named(node) or _STATEMENT in kinds

    def _is_named(self, node: NamedNode) -> bool:
        facts = () if node.value.startswith(SOURCE) else self._facts.get(node, ())
        # What nothing is said about (a sentence, a thing of another vocabulary) is known by its IRI.
        return not facts or any(fact.property.value in _LABELS for fact in facts)

    def _sentences(self, fact: Fact) -> tuple[NamedNode, ...]:
        if fact.inferred:
            return self._premises.sentences([(fact.subject, fact.property, fact.value)])
        return tuple(self.evidence.of_triple(Triple(fact.subject, fact.property, fact.value)))


@dataclass(frozen=True, slots=True)
class _Relations:
    """Which properties say the same as others."""

    wider: Mapping[NamedNode, set[NamedNode]]
    inverses: Mapping[NamedNode, set[NamedNode]]

    @classmethod
    def of(cls, graph: Graph) -> _Relations:
        """Read them from the ontology in `graph`."""
        found: dict[str, dict[NamedNode, set[NamedNode]]] = {"wider": {}, "inverse": {}}
        for relation, used, other in select(graph, "relations"):
            if isinstance(relation, Literal) and isinstance(used, NamedNode) and isinstance(other, NamedNode):
                found[relation.value].setdefault(used, set()).add(other)
        return cls(found["wider"], found["inverse"])

    def below(self, used: NamedNode) -> set[NamedNode]:
        """The properties narrower than `used`."""
        return {narrower for narrower, wider in self.wider.items() if used in wider}

    def follows(self, fact: Fact, asserted: set[tuple[NamedNode, Term]]) -> bool:
        """Whether `fact` only repeats an asserted fact with a wider property."""
        return any((narrower, fact.value) in asserted for narrower in self.below(fact.property))
