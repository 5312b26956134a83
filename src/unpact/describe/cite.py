"""The sentences behind a thing, and what rests on a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from unpact.describe.facts import Fact
from unpact.describe.kinds import kinds_of
from unpact.describe.patterns import select
from unpact.describe.show import show
from unpact.describe.wording import sections, term_words, things_in
from unpact.evidence.index import EvidenceIndex
from unpact.evidence.premises import reading_order
from unpact.names import INFERRED_GRAPH, RDF, SOURCE

if TYPE_CHECKING:
    from unpact.graph.derivations import Derivations
    from unpact.graph.interface import Graph
    from unpact.render.labels import Labels


@dataclass(frozen=True, slots=True)
class Citation:
    """A sentence and what it states, in words."""

    sentence: NamedNode
    statements: tuple[str, ...]


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


def _resting_on(graph: Graph, sentence: NamedNode, labels: Labels) -> tuple[str, ...]:
    rows = select(graph, "resting", sentence=[sentence], inferred=[NamedNode(INFERRED_GRAPH)])
    evidence = EvidenceIndex(graph)
    facts = [
        Fact(subject, used, value, inferred=False)
        for subject, used, value in rows
        if isinstance(subject, NamedNode) and isinstance(used, NamedNode) and value is not None
        # a state of the article has codes of the record, which rest on their source alone
        if sentence in evidence.of_triple(Triple(subject, used, value))
    ]
    kinds = kinds_of(graph, [fact.subject for fact in facts])
    labels.load(
        term
        for fact in facts
        for term in (fact.subject, fact.property, fact.value)
        if isinstance(term, NamedNode)
    )
    said: dict[NamedNode, dict[str, list[str]]] = {}
    for fact in facts:
        about = said.setdefault(fact.subject, {})
        if fact.property.value != RDF + "type":
            about.setdefault(labels(fact.property), []).append(term_words(fact.value, labels))
    return tuple(
        _statement(subject, kinds.get(subject, ()), about, labels) for subject, about in said.items()
    )


def _statement(
    subject: NamedNode, kinds: tuple[NamedNode, ...], about: dict[str, list[str]], labels: Labels
) -> str:
    name = labels(subject)
    kind = ", ".join(labels(kind) for kind in kinds)
    facts = "; ".join(f"{used}: {', '.join(values)}" for used, values in sorted(about.items()))
    return f"{name}{f' ({kind})' if kind else ''}{f': {facts}' if facts else ''}"
