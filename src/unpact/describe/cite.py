"""The sentences behind a thing, and what rests on a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from unpact.describe.facts import Fact
from unpact.describe.kinds import kinds_of
from unpact.describe.patterns import select
from unpact.describe.show import show
from unpact.describe.wording import sections, term_words, things_in
from unpact.evidence.index import EvidenceIndex
from unpact.evidence.premises import reading_order
from unpact.names import INFERRED_GRAPH, RDF, SOURCE, UNP

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from unpact.graph.derivations import Derivations
    from unpact.graph.interface import Graph
    from unpact.render.labels import Labels

_EVIDENCE = frozenset({UNP + "statedIn", UNP + "accordingTo"})


@dataclass(frozen=True, slots=True)
class Citation:
    """A sentence and what it states, in words."""

    sentence: NamedNode
    statements: tuple[str, ...]


class Said(NamedTuple):
    """What is said of a thing: its name, its kinds and the facts, in words."""

    thing: NamedNode
    name: str
    kinds: str
    facts: str

    def __str__(self) -> str:
        """All in one line."""
        kinds = f" ({self.kinds})" if self.kinds else ""
        return f"{self.name}{kinds}{f': {self.facts}' if self.facts else ''}"


def cite(
    graph: Graph, thing: NamedNode, labels: Labels, derivations: Derivations | None = None
) -> list[Citation]:
    """The sentences behind `thing` in reading order, each with what it says of the thing.

    For a sentence that is the sentence itself, with everything that rests on it; empty when nothing does.
    `derivations` as for `unpact.evidence.premises.Premises`.
    """
    if thing.value.startswith(SOURCE):
        statements = _resting_on(graph, thing, labels)
        return [Citation(thing, statements)] if statements else []
    description = show(graph, thing, derivations=derivations)
    labels.load(things_in(description))
    found: dict[NamedNode, list[str]] = {sentence: [] for sentence in description.own_sentences}
    for section in sections(description, labels):
        # The thing's own facts need no heading; a line about another node says nothing without its kind.
        prefix = "" if section.title in ("Names", "Facts") else f"{section.title}: "
        for line in section.lines:
            for sentence in line.sentences:
                found.setdefault(sentence, []).append(prefix + line.text)
    ordered = sorted(found, key=lambda sentence: reading_order(sentence.value))
    return [Citation(sentence, tuple(dict.fromkeys(found[sentence]))) for sentence in ordered]


def said_by(
    graph: Graph, sentences: Collection[NamedNode], labels: Labels
) -> Mapping[NamedNode, tuple[Said, ...]]:
    """What each of many sentences states, in a few queries; those that state nothing are left out."""
    evidence = EvidenceIndex(graph)
    found: dict[NamedNode, list[Fact]] = {}
    for thing in evidence.load_stated():
        for triple in sorted(evidence.triples_of(thing), key=_order):
            fact = Fact(thing, triple.predicate, triple.object, inferred=False)
            if fact.property.value not in _EVIDENCE:
                for sentence in evidence.of_triple(triple):
                    found.setdefault(sentence, []).append(fact)
    wanted = {sentence: found[sentence] for sentence in sentences if sentence in found}
    words = _Words(graph, (fact for facts in wanted.values() for fact in facts), labels)
    return {sentence: words.of(facts) for sentence, facts in wanted.items()}


def facts_resting_on(graph: Graph, sentence: NamedNode) -> list[Fact]:
    """The asserted triples that rest on a sentence, or on a source of the record."""
    rows = list(select(graph, "resting", sentence=[sentence], inferred=[NamedNode(INFERRED_GRAPH)]))
    evidence = EvidenceIndex(graph)
    evidence.load(subject for subject, _, _ in rows if isinstance(subject, NamedNode))
    return [
        Fact(subject, used, value, inferred=False)
        for subject, used, value in rows
        if isinstance(subject, NamedNode) and isinstance(used, NamedNode) and value is not None
        # a state of the article has codes of the record, which rest on their source alone
        if sentence in evidence.of_triple(Triple(subject, used, value))
    ]


def _resting_on(graph: Graph, sentence: NamedNode, labels: Labels) -> tuple[str, ...]:
    facts = facts_resting_on(graph, sentence)
    return tuple(str(said) for said in _Words(graph, facts, labels).of(facts))


def _order(triple: Triple) -> tuple[str, str]:
    value = triple.object
    return triple.predicate.value, value.value if isinstance(value, NamedNode | Literal) else str(value)


class _Words:
    """Puts facts into words; the kinds and labels of all that it may meet are read at once."""

    def __init__(self, graph: Graph, facts: Iterable[Fact], labels: Labels) -> None:
        known = list(facts)
        self._labels = labels
        self._kinds = kinds_of(graph, [fact.subject for fact in known])
        labels.load(
            term
            for fact in known
            for term in (fact.subject, fact.property, fact.value)
            if isinstance(term, NamedNode)
        )

    def of(self, facts: Iterable[Fact]) -> tuple[Said, ...]:
        """What some facts say, one subject after another."""
        said: dict[NamedNode, dict[str, list[str]]] = {}
        for fact in facts:
            about = said.setdefault(fact.subject, {})
            if fact.property.value != RDF + "type":
                words = term_words(fact.value, self._labels)
                about.setdefault(self._labels(fact.property), []).append(words)
        return tuple(self._said(subject, about) for subject, about in said.items())

    def _said(self, subject: NamedNode, about: Mapping[str, list[str]]) -> Said:
        kinds = ", ".join(self._labels(kind) for kind in self._kinds.get(subject, ()))
        facts = "; ".join(f"{used}: {', '.join(values)}" for used, values in sorted(about.items()))
        return Said(subject, self._labels(subject), kinds, facts)
