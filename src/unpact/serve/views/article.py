"""The article, sentence by sentence, and what rests on each sentence.

The text is no part of unpact: without a copy of it, its sentences are known by their numbers.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from unpact.article.text import read_article
from unpact.describe.cite import said_by
from unpact.describe.patterns import select
from unpact.names import compact
from unpact.render.notes import notes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unpact.describe.cite import Said
    from unpact.render.notes import Note
    from unpact.serve.exchange import Asked, Reply
    from unpact.serve.site import Site

_HERE = Path(__file__).parent


class Sentence(NamedTuple):
    """A sentence: its IRI, its number, its text if there is a copy, and what rests on it."""

    iri: NamedNode
    number: str
    characters: int
    text: str | None
    said: Sequence[Said]
    notes: Sequence[Note]


class Section(NamedTuple):
    """A section: its number, its title if there is a copy of the article, and its paragraphs."""

    number: int
    title: str | None
    paragraphs: list[list[Sentence]]

    @property
    def facts(self) -> int:
        """How much its sentences say."""
        return sum(len(sentence.said) for paragraph in self.paragraphs for sentence in paragraph)


class _Place(NamedTuple):
    """A row of `structure.rq`: a sentence and where it stands."""

    section: int
    title: tuple[int, int] | None
    passage: NamedNode
    paragraph: int
    start: int
    end: int


def article(site: Site, _asked: Asked) -> Reply:
    """All sections, paragraphs and sentences, with the facts that rest on each sentence."""
    places = _places(site)
    copy = site.settings.source.article
    text = None if copy is None else read_article(Path(copy))
    said = said_by(site.graph, [each.passage for each in places], site.labels)
    noted = _notes(site)
    sections = [
        Section(
            number,
            None if text is None or title is None else _title(text[slice(*title)]),
            [
                [_sentence(place, site.passages, said, noted) for place in paragraph]
                for _, paragraph in groupby(of_section, key=lambda each: each.paragraph)
            ],
        )
        for (number, title), of_section in groupby(places, key=lambda each: (each.section, each.title))
    ]
    return site.page("article.html", title="The article", sections=sections, has_text=text is not None)


def _title(text: str) -> str:
    """A heading without the marks of Markdown, which the copy has; one of several lines in one."""
    return " · ".join(words for line in text.splitlines() if (words := line.strip("# \t").replace("**", "")))


def _places(site: Site) -> list[_Place]:
    found = []
    for _, number, title_start, title_end, passage, paragraph, _, start, end in select(
        site.graph, "structure", folder=_HERE
    ):
        if isinstance(passage, NamedNode):
            has_title = title_start is not None and title_end is not None
            title = (_number(title_start), _number(title_end)) if has_title else None
            found.append(
                _Place(_number(number), title, passage, _number(paragraph), _number(start), _number(end))
            )
    return found


def _number(term: object) -> int:
    return int(term.value) if isinstance(term, Literal) else 0


def _sentence(
    place: _Place,
    texts: Mapping[str, str],
    said: Mapping[NamedNode, Sequence[Said]],
    noted: Mapping[str, Sequence[Note]],
) -> Sentence:
    iri = place.passage.value
    return Sentence(
        place.passage,
        compact(iri).rpartition(":")[2].rpartition("/")[2],
        place.end - place.start,
        texts.get(iri),
        said.get(place.passage, ()),
        noted.get(iri, ()),
    )


def _notes(site: Site) -> Mapping[str, Sequence[Note]]:
    """The discrepancies by the sentences that they are about."""
    found: dict[str, list[Note]] = {}
    for note in notes(site.graph, site.discrepancies, site.labels):
        for sentence in note.sentences:
            found.setdefault(sentence, []).append(note)
    return found
