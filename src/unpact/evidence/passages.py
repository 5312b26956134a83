"""The text of passages, for whoever has a copy of the article."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from unpact.article.text import read_article, sha256
from unpact.errors import StoreError

if TYPE_CHECKING:
    from unpact.graph.interface import Graph

_OFFSETS = Path(__file__).with_name("passage_offsets.rq")


class PassageTexts:
    """The passages of the article with their text.

    Args:
        graph: has the offsets of the passages.
        article: a copy of the article.

    Raises:
        UsageError: when the file cannot be read or is not the canonical text.
        StoreError: when the offsets and hashes of the graph do not fit the canonical text.
    """

    def __init__(self, graph: Graph, article: Path) -> None:
        text = read_article(article)
        self._passages: dict[NamedNode, str] = {}
        for passage, start, end, expected in graph.select(_OFFSETS.read_text(encoding="utf-8")):
            if not (
                isinstance(passage, NamedNode)
                and isinstance(start, Literal)
                and isinstance(end, Literal)
                and isinstance(expected, Literal)
            ):
                continue
            found = text[int(start.value) : int(end.value)]
            if sha256(found) != expected.value:
                raise StoreError(
                    "the offsets of this passage do not fit the article",
                    where=passage.value,
                    hint="Write passages.ttl again: python -m unpact.article.segment ARTICLE",
                )
            self._passages[passage] = found

    def by_iri(self) -> dict[str, str]:
        """The words of every passage on one line, by its IRI."""
        return {passage.value: self.text(passage) or "" for passage in self._passages}

    def text(self, passage: NamedNode) -> str | None:
        """The words of a passage on one line; None for what is no passage of the article."""
        found = self._passages.get(passage)
        return None if found is None else " ".join(found.split())


def passage_texts(graph: Graph, article: str | None) -> dict[str, str]:
    """The words of the sentences of the article by IRI; none without a copy of it.

    Raises:
        UsageError: for a file that is not the article.
    """
    return {} if article is None else PassageTexts(graph, Path(article)).by_iri()
