"""Writes the division of the article as Turtle: names, offsets and hashes, none of its text but the title.

The same article gives the same bytes: sections and passages in reading order, properties in a fixed order.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from unpact.article.text import ARTICLE_IRI, sha256
from unpact.errors import UsageError
from unpact.names import DCTERMS, SOURCE, UNP, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.article.segment import Section, Segmentation, Span

_PREFIXES = (("dcterms", DCTERMS), ("s", SOURCE), ("unp", UNP), ("xsd", XSD))
_COMMENT = (
    "The article, its sections and its sentences: character offsets and SHA-256 hashes.",
    "The text is not part of this project. Whoever has a copy can read each passage in it by its offsets.",
    "Written by: python -m unpact.article.segment ARTICLE",
)
# the date line of the article, s:0.1.1
_ISSUED = "2023-08-18"


def write_passages(path: Path, text: str, segmentation: Segmentation) -> None:
    """Write the Turtle file in one step: it is there whole or not at all.

    Raises:
        UsageError: when the file cannot be written.
    """
    content = passages_turtle(text, segmentation).encode("utf-8")
    unfinished: str | None = None
    try:
        handle, unfinished = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        # mkstemp makes files that only their owner may read
        Path(unfinished).chmod(0o644)
        Path(unfinished).replace(path)
    except OSError as error:
        if unfinished is not None:
            Path(unfinished).unlink(missing_ok=True)
        reason = (error.strerror or str(error)).lower()
        raise UsageError(
            f"cannot be written ({reason})", where=str(path), hint="Name another file with --output."
        ) from None


def passages_turtle(text: str, segmentation: Segmentation) -> str:
    """The Turtle of the article, its sections and its passages."""
    parts = ["".join(f"# {line}\n" for line in _COMMENT)]
    parts.append("".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in _PREFIXES))
    parts.append(_block(f"<{ARTICLE_IRI}>", "unp:Article", _article(text, segmentation.title)))
    parts += [
        _block(f"s:{item.number}", "unp:Section", _section(text, item)) for item in segmentation.sections
    ]
    for passage in segmentation.passages:
        properties = (
            f"unp:section s:{passage.section}",
            f"unp:sectionNumber {passage.section}",
            f"unp:paragraphNumber {passage.paragraph}",
            f"unp:sentenceNumber {passage.sentence}",
            *_extent(text, (passage.start, passage.end)),
        )
        parts.append(_block(f"s:{passage.name}", "unp:Passage", properties))
    return "\n".join(parts)


def _article(text: str, title: Span) -> Iterator[str]:
    yield f'dcterms:title "{_escaped(text[slice(*title)])}"@en'
    yield 'dcterms:language "en"'
    yield f'dcterms:issued "{_ISSUED}"^^xsd:date'
    yield f"unp:charCount {len(text)}"
    yield f'unp:sha256 "{sha256(text)}"'


def _section(text: str, section: Section) -> Iterator[str]:
    yield f"unp:inSource <{ARTICLE_IRI}>"
    yield f"unp:sectionNumber {section.number}"
    if section.heading is not None:
        yield from _extent(text, section.heading)


def _extent(text: str, span: Span) -> Iterator[str]:
    start, end = span
    yield f"unp:charStart {start}"
    yield f"unp:charEnd {end}"
    yield f'unp:sha256 "{sha256(text[start:end])}"'


def _block(subject: str, kind: str, properties: Iterator[str] | tuple[str, ...]) -> str:
    return " ;\n    ".join([f"{subject} a {kind}", *properties]) + " .\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
