"""The discrepancies of a graph: what the article has, what the record has, and which triples are at issue."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unpact.names import UNP

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unpact.graph.interface import Graph

Term = NamedNode | BlankNode | Literal | Triple
Fact = tuple[Term, Term, Term]

ERROR = NamedNode(UNP + "Error")


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One `unp:Discrepancy` as the graph has it; a side is given by its values, its statements or both."""

    node: NamedNode
    about: tuple[NamedNode, ...]
    properties: tuple[NamedNode, ...]
    article_values: tuple[Term, ...]
    record_values: tuple[Term, ...]
    article_statements: tuple[NamedNode, ...]
    record_statements: tuple[NamedNode, ...]
    kind: NamedNode
    confidence: NamedNode
    sentences: tuple[NamedNode, ...]
    sources: tuple[NamedNode, ...]
    reason: str

    @property
    def article(self) -> tuple[Term, ...]:
        """What the article has: a value says it shorter than the statement that has it."""
        return self.article_values or self.article_statements

    @property
    def record(self) -> tuple[Term, ...]:
        """What the record has."""
        return self.record_values or self.record_statements

    @property
    def contested(self) -> tuple[NamedNode, ...]:
        """The statements at issue: those of the article, or those in their place where these are wrong."""
        return self.record_statements if self.kind == ERROR else self.article_statements

    def is_touched_by(self, fact: Fact) -> bool:
        """Whether a triple gives one of the two values, or speaks of a statement at issue."""
        subject, used, value = fact
        if subject == self.node:
            return False
        if subject in self.contested or value in self.contested:
            return True
        at_issue = subject in self.about and used in self.properties
        return at_issue and (value in self.article_values or value in self.record_values)


def discrepancies(graph: Graph) -> list[Discrepancy]:
    """Every discrepancy in `graph`, sorted; none in the view article."""
    said: dict[NamedNode, dict[str, list[Term]]] = {}
    for node, used, value in graph.select(_text()):
        if not isinstance(node, NamedNode) or not isinstance(used, NamedNode) or value is None:
            continue
        values = said.setdefault(node, {}).setdefault(used.value.removeprefix(UNP), [])
        # a triple may stand in two files
        if value not in values:
            values.append(value)
    found = (_discrepancy(node, said[node]) for node in sorted(said, key=lambda node: node.value))
    return [each for each in found if each is not None]


def _discrepancy(node: NamedNode, said: Mapping[str, Sequence[Term]]) -> Discrepancy | None:
    kinds, confidences = _things(said, "discrepancyKind"), _things(said, "confidence")
    if not kinds or not confidences:
        return None  # the shapes say what is missing
    return Discrepancy(
        node=node,
        about=_things(said, "discrepancyAbout"),
        properties=_things(said, "contestedProperty"),
        article_values=tuple(said.get("articleValue", ())),
        record_values=tuple(said.get("recordValue", ())),
        article_statements=_things(said, "articleStatement"),
        record_statements=_things(said, "recordStatement"),
        kind=kinds[0],
        confidence=confidences[0],
        sentences=_things(said, "statedIn"),
        sources=_things(said, "accordingTo"),
        reason=" ".join(each.value for each in said.get("reason", ()) if isinstance(each, Literal)),
    )


def _things(said: Mapping[str, Sequence[Term]], used: str) -> tuple[NamedNode, ...]:
    things = (each for each in said.get(used, ()) if isinstance(each, NamedNode))
    return tuple(sorted(things, key=lambda thing: thing.value))


@cache
def _text() -> str:
    return Path(__file__).with_name("discrepancies.rq").read_text(encoding="utf-8")
