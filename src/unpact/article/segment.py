"""Divides the canonical text of the article into sections, paragraphs and sentences.

    python -m unpact.article.segment ARTICLE [-o data/article/passages.ttl]

writes the division as Turtle. A passage is named `<section>.<paragraph>.<sentence>`; its offsets count the
characters of the canonical text, and its hash is that of exactly those characters. Section 0 is the front
matter with the two headings above it, section 1 the introduction, which has no heading; each further heading
begins a section and is no passage itself.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from unpact.article.passages_file import write_passages
from unpact.article.text import read_article
from unpact.errors import UnpactError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Where the body begins: in the text, the byline's post runs into its first sentence without a break.
BODY_START = 332

#: A range of characters: start, and end as Python slices count it.
Span = tuple[int, int]

_BLOCK = re.compile(r"\S(?:.|\n(?!\s*\n|\s*\Z))*", re.ASCII)
_LIST_ITEM = re.compile(r"^- +(?P<text>.*\S)", re.MULTILINE)
_SENTENCE_CLOSED = re.compile(r"[.?!][\"')\]]*\Z")
# white space behind a full stop, and behind it the beginning of something new
_BOUNDARY = re.compile(r"(?P<stop>[.?!])[\"')\]]*(?P<gap>\s+)(?=[A-Z\"])")
# a full stop behind one of these or behind an initial does not end a sentence
_ABBREVIATION = re.compile(r"(?:\b(?:i\.e|e\.g|etc|vs|cf|No|Art|Mr|Mrs|Ms|Dr|St)|\b[A-Z])\Z")


@dataclass(frozen=True, slots=True)
class Section:
    """A section and the range of its headings; None for the introduction, which has no heading."""

    number: int
    heading: Span | None


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, line of the front matter or list item."""

    section: int
    paragraph: int
    sentence: int
    start: int
    end: int

    @property
    def name(self) -> str:
        """The local name: `2.4.1`."""
        return f"{self.section}.{self.paragraph}.{self.sentence}"


@dataclass(frozen=True, slots=True)
class Segmentation:
    """The article divided: its title, sections and passages in reading order."""

    title: Span
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]


def segment(text: str, body_start: int = BODY_START) -> Segmentation:
    """Divide a text laid out as the article is: headings, date, byline, body.

    Args:
        text: the canonical text.
        body_start: the offset at which the front matter is over.
    """
    blocks = [match.span() for match in _BLOCK.finditer(text) if _is_prose(match[0])]
    front = [block for block in blocks if block[0] < body_start]
    body = [(max(start, body_start), end) for start, end in blocks if end > body_start]
    headings = [block for block in front if _is_heading(text, block)]
    lines = [(start, min(end, body_start)) for start, end in front if (start, end) not in headings]
    sections = [Section(0, (headings[0][0], headings[-1][1])), Section(1, None)]
    passages = list(_front_matter(text, lines))
    paragraph = 0
    for group in _paragraphs(text, body):
        if _is_heading(text, group[0]):
            sections.append(Section(len(sections), group[0]))
            paragraph = 0
            continue
        paragraph += 1
        passages += _numbered(sections[-1].number, paragraph, _sentences(text, group))
    title = headings[-1]
    return Segmentation(_without_marks(text, title), tuple(sections), tuple(passages))


def _front_matter(text: str, lines: list[Span]) -> Iterator[Passage]:
    """The date is a paragraph, the byline with its post another; each line is a passage, full stop or not."""
    date, *byline = (_stripped(text, line) for line in lines)
    yield from _numbered(0, 1, [date])
    yield from _numbered(0, 2, byline)


def _paragraphs(text: str, blocks: Iterable[Span]) -> list[list[Span]]:
    """The blocks that belong together: a sentence cut in two by a page break, a list behind its lead-in."""
    groups: list[list[Span]] = []
    for block in blocks:
        if groups and _continues(text, groups[-1][-1], block):
            groups[-1].append(block)
        else:
            groups.append([block])
    return groups


def _continues(text: str, before: Span, block: Span) -> bool:
    if _is_heading(text, before) or _is_heading(text, block):
        return False
    if _is_list(text, block):
        return True
    return not _is_list(text, before) and not _SENTENCE_CLOSED.search(text[slice(*before)])


def _sentences(text: str, group: list[Span]) -> Iterator[Span]:
    plain = [block for block in group if not _is_list(text, block)]
    if plain:
        yield from _split(text, plain[0][0], plain[-1][1])
    for block in group[len(plain) :]:
        for item in _LIST_ITEM.finditer(text, *block):
            yield item.span("text")


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    for boundary in _BOUNDARY.finditer(text, start, end):
        if not _ABBREVIATION.search(text[start : boundary.start("stop")]):
            yield start, boundary.start("gap")
            start = boundary.end("gap")
    yield start, end


def _numbered(section: int, paragraph: int, spans: Iterable[Span]) -> Iterator[Passage]:
    for sentence, (start, end) in enumerate(spans, start=1):
        yield Passage(section, paragraph, sentence, start, end)


def _is_heading(text: str, block: Span) -> bool:
    return text.startswith("#", block[0])


def _is_list(text: str, block: Span) -> bool:
    return text.startswith("- ", block[0])


def _is_prose(block: str) -> bool:
    """False for the row of asterisks that closes the article."""
    return any(character.isalnum() for character in block)


def _stripped(text: str, span: Span) -> Span:
    return span[0], span[0] + len(text[slice(*span)].rstrip())


def _without_marks(text: str, heading: Span) -> Span:
    start, end = heading
    return end - len(text[start:end].lstrip("# ")), end


def main(arguments: list[str] | None = None) -> int:
    """Write `passages.ttl` from a copy of the article; the exit code is 2 when that is not possible."""
    parser = argparse.ArgumentParser(prog="python -m unpact.article.segment", description=main.__doc__)
    parser.add_argument("article", type=Path, help="a copy of the article's canonical text")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        default=Path("data", "article", "passages.ttl"),
        help="the file to write (default: %(default)s under the current directory)",
    )
    given = parser.parse_args(arguments)
    try:
        text = read_article(given.article)
        write_passages(given.output, text, segment(text))
    except UnpactError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the one sentence that a bad input gets
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
