"""Discrepancies in words, for the answers that touch them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from unpact.evidence.discrepancies import discrepancies
from unpact.names import compact
from unpact.query.bind import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from unpact.evidence.discrepancies import Discrepancy, Term
    from unpact.graph.interface import Graph
    from unpact.render.labels import Labels
    from unpact.render.rows import Labeller

_PUBLISHERS = Path(__file__).with_name("publishers.rq")


@dataclass(frozen=True, slots=True)
class Note:
    """What an answer has to say of a discrepancy.

    Args:
        discrepancy: its IRI.
        subject: on what the article and the record differ.
        article: what the article has.
        record: what the record has.
        kind: error, superseded, imprecise or ambiguous.
        confidence: how sure the maintainers are of the record's side.
        sentences: the IRIs of the article's sentences.
        sources: the IRIs of the record's sources.
        publications: these in words, with their publishers.
        reason: why the two differ.
    """

    discrepancy: str
    subject: str
    article: tuple[str, ...]
    record: tuple[str, ...]
    kind: str
    confidence: str
    sentences: tuple[str, ...]
    sources: tuple[str, ...]
    publications: tuple[str, ...]
    reason: str

    def __str__(self) -> str:
        """One line with both sides, the sentence and the source."""
        sentences = ", ".join(compact(each) for each in self.sentences)
        return (
            f"Note: {self.subject}: {'; '.join(self.record)} in the record ({'; '.join(self.publications)}), "
            f"{'; '.join(self.article)} in the article ({sentences}): {self.kind}, {self.confidence}."
        )

    def as_json(self) -> dict[str, object]:
        """The note as a JSON object."""
        names = ("discrepancy", "subject", "article", "record", "kind", "confidence", "sentences", "sources")
        return {name: getattr(self, name) for name in (*names, "reason")}


def things_in(found: Iterable[Discrepancy]) -> Iterable[NamedNode]:
    """Every thing that the notes name, for reading their labels at once."""
    for each in found:
        yield from (each.node, each.kind, each.confidence, *each.sources)
        yield from (term for term in (*each.article, *each.record) if isinstance(term, NamedNode))


def notes(graph: Graph, found: Sequence[Discrepancy], labels: Labels) -> list[Note]:
    """A note for each of some discrepancies of `graph`, in the words of `labels`."""
    if not found:
        return []
    labels.load(things_in(found))
    sources = [source for each in found for source in each.sources]
    publishers = {
        source: publisher.value
        for source, publisher in graph.select(fill(_PUBLISHERS.read_text("utf-8"), {"sources": sources}))
        if isinstance(publisher, Literal)
    }
    return [_note(each, labels, publishers) for each in found]


def notes_on_facts(
    graph: Graph, labels: Labels, known: Iterable[Discrepancy]
) -> Callable[[NamedNode, NamedNode, Term], tuple[Note, ...]]:
    """Gives the notes on a triple of `graph`, of which all discrepancies are known."""

    def noted(subject: NamedNode, used: NamedNode, value: Term) -> tuple[Note, ...]:
        found = [each for each in known if each.is_touched_by((subject, used, value))]
        return tuple(notes(graph, found, labels))

    return noted


def noted_facts(graph: Graph, labels: Labels) -> Callable[[NamedNode, NamedNode, Term], tuple[str, ...]]:
    """The same with each note as a line of text."""
    noted = notes_on_facts(graph, labels, discrepancies(graph))
    return lambda *triple: tuple(map(str, noted(*triple)))


def _note(discrepancy: Discrepancy, labels: Labeller, publishers: Mapping[Term | None, str]) -> Note:
    return Note(
        discrepancy=discrepancy.node.value,
        subject=labels(discrepancy.node),
        article=_words(discrepancy.article, labels),
        record=_words(discrepancy.record, labels),
        kind=labels(discrepancy.kind),
        confidence=labels(discrepancy.confidence),
        sentences=tuple(each.value for each in discrepancy.sentences),
        sources=tuple(each.value for each in discrepancy.sources),
        publications=tuple(
            f'{publishers.get(each, "no publisher")}, "{labels(each)}"' for each in discrepancy.sources
        ),
        reason=discrepancy.reason,
    )


def _words(terms: Sequence[Term], labels: Labeller) -> tuple[str, ...]:
    return tuple(
        labels(term)
        if isinstance(term, NamedNode)
        else term.value
        if isinstance(term, Literal)
        else str(term)
        for term in terms
    )
