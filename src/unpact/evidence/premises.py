"""From a triple to its sentences, through what it was inferred from if it was.

An asserted triple has its own evidence (see `unpact.evidence.index`). An inferred one has that of what it was
drawn from, down to what is asserted, where it is known how it was reached (`unpact.graph.derivations`). Where
that is not known, as in a store of someone else's, it has that of the asserted triples from which it follows
in one step; a triple of a derived node has that of the nodes the derived node rests on. Failing all that, it
has the sentences of its subject.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unpact.names import INFERRED_GRAPH, RDF, RDFS, SKOS, UNP
from unpact.query.bind import fill

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.graph.derivations import Derivations
    from unpact.graph.interface import Graph

_NAMING = frozenset(
    (RDF + "type", RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel", UNP + "acronym", UNP + "identifier")
)

Term = NamedNode | BlankNode | Literal | Triple
Fact = tuple[Term, Term, Term]


class Evidence(Protocol):
    """What is known of the evidence of asserted triples and of nodes."""

    def of_triple(self, triple: Triple, /) -> Iterable[NamedNode]:
        """The sentences of an asserted triple."""

    def of_node(self, node: NamedNode | BlankNode, /) -> Iterable[NamedNode]:
        """The sentences that a node carries itself."""


class Premises:
    """Looks up sentences in one graph; every answer is kept, since rows share most of their triples.

    Args:
        graph: the graph.
        evidence: of what is asserted in it.
        derivations: how what is inferred in it was reached, if that is known.
    """

    def __init__(self, graph: Graph, evidence: Evidence, derivations: Derivations | None = None) -> None:
        self._graph = graph
        self._evidence = evidence
        self._derivations = derivations
        self._sentences: dict[Fact, tuple[NamedNode, ...]] = {}
        self._identifiers: frozenset[str] | None = None

    def sentences(self, facts: Iterable[Fact]) -> tuple[NamedNode, ...]:
        """The sentences behind `facts`, each once, in reading order."""
        found = {sentence for fact in facts for sentence in self._of(fact)}
        return tuple(sorted(found, key=lambda sentence: reading_order(sentence.value)))

    def identifier_properties(self) -> frozenset[str]:
        """unp:identifier and every property below it."""
        if self._identifiers is None:
            rows = self._graph.select(_text("identifier_properties.rq"))
            self._identifiers = frozenset(row[0].value for row in rows if isinstance(row[0], NamedNode))
        return self._identifiers

    def _of(self, fact: Fact) -> tuple[NamedNode, ...]:
        if fact not in self._sentences:
            self._sentences[fact] = tuple(self._find(fact))
        return self._sentences[fact]

    def _find(self, fact: Fact) -> Iterable[NamedNode]:
        subject, predicate, value = fact
        if not isinstance(subject, NamedNode | BlankNode) or not isinstance(predicate, NamedNode):
            return ()
        derived = self._derivations is not None and self._derivations.has(Triple(subject, predicate, value))
        if not derived and self._ask("asserted.rq", fact):
            return self._evidence.of_triple(Triple(subject, predicate, value))
        premises = self._asserted_premises(fact, {fact}) if self._derivations is None else self._leaves(fact)
        found = [sentence for premise in premises for sentence in self._evidence.of_triple(premise)]
        if not found:
            grounds = self._grounds(subject)
            found = [sentence for ground in grounds for sentence in self._evidence.of_node(ground)]
        return found or self._evidence.of_node(subject)

    def _leaves(self, fact: Fact) -> list[Triple]:
        """The asserted triples that an inferred one was drawn from; those that merely name count last."""
        assert self._derivations is not None  # noqa: S101 - its one caller has looked
        found: dict[Triple, None] = {}
        seen = {Triple(*fact)}  # type: ignore[arg-type]  # an inferred triple has no literal for a subject
        todo = list(seen)
        for triple in todo:
            step = self._derivations.find(triple)
            if step is None:
                found[triple] = None
                continue
            todo += [each for each in step.premises if each not in seen]
            seen.update(step.premises)
        telling = [triple for triple in found if not self.names(triple.predicate)]
        return telling or list(found)

    def names(self, predicate: Term) -> bool:
        """Whether a property merely says what a thing is or is called."""
        return isinstance(predicate, NamedNode) and (
            predicate.value in _NAMING or predicate.value in self.identifier_properties()
        )

    def _asserted_premises(self, fact: Fact, seen: set[Fact]) -> list[Triple]:
        """The asserted triples from which an inferred one follows, in as many steps as it takes."""
        found: list[Triple] = []
        for row in self._graph.select(_filled("premises.rq", fact)) if _writable(fact) else ():
            subject, predicate, value, asserted = row
            if not isinstance(subject, NamedNode | BlankNode) or not isinstance(predicate, NamedNode):
                continue
            if value is None or (subject, predicate, value) in seen:
                continue
            seen.add((subject, predicate, value))
            if isinstance(asserted, Literal) and asserted.value == "true":
                found.append(Triple(subject, predicate, value))
            else:
                found += self._asserted_premises((subject, predicate, value), seen)
        return found

    def _grounds(self, subject: NamedNode | BlankNode) -> list[NamedNode]:
        if isinstance(subject, BlankNode):
            return []
        rows = self._graph.select(fill(_text("rests_on.rq"), {"s": (subject,)}))
        return [row[0] for row in rows if isinstance(row[0], NamedNode)]

    def _ask(self, file: str, fact: Fact) -> bool:
        return _writable(fact) and self._graph.ask(_filled(file, fact))


def reading_order(iri: str) -> list[tuple[int, str]]:
    """A sort key that puts 2.4.10 behind 2.4.9."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", iri) if part]


def _writable(fact: Fact) -> bool:
    """False for triples that no query can name: those with blank nodes."""
    return not isinstance(fact[0], Literal) and not any(isinstance(term, BlankNode | Triple) for term in fact)


def _filled(file: str, fact: Fact) -> str:
    subject, predicate, value = fact
    text = _text(file)
    values = {"s": (subject,), "p": (predicate,), "o": (value,)}
    return fill(text, {**values, "inferred": (NamedNode(INFERRED_GRAPH),)})


@cache
def _text(file: str) -> str:
    return Path(__file__).with_name(file).read_text(encoding="utf-8")
