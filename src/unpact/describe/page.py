"""Descriptions and citations as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.names import compact
from unpact.render.rows import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unpact.describe.cite import Citation
    from unpact.describe.wording import Section


def description_page(head: Iterable[str], parts: Iterable[Section]) -> Iterator[str]:
    """The heading of a description, and its sections with their sentences and notes."""
    yield from map(one_line, head)
    for section in parts:
        yield ""
        yield section.title
        for line in section.lines:
            sentences = " ".join(compact(sentence.value) for sentence in line.sentences)
            yield f"  {one_line(line.text)}{f'  [{sentences}]' if sentences else ''}"
            yield from (f"    {one_line(note)}" for note in line.notes)


def citation_page(citations: Iterable[Citation], texts: Mapping[str, str]) -> Iterator[str]:
    """Each sentence with its words, as far as `texts` has them by IRI, and what it states."""
    for number, citation in enumerate(citations):
        if number:
            yield ""
        yield compact(citation.sentence.value)
        if text := texts.get(citation.sentence.value):
            yield f'  "{one_line(text)}"'
        for statement in citation.statements:
            yield f"  - {one_line(statement)}"
