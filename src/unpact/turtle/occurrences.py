"""Where RDF/XML and JSON-LD name a subject, found without a parser."""

from __future__ import annotations

import json
import re
from xml.sax.saxutils import escape

_QUOTES = {'"': "&quot;", "'": "&apos;"}


def occurrence(text: str, iri: str, suffix: str) -> tuple[int, int] | None:
    """Where a subject is named for the first time, or None.

    Looked for is the whole IRI as the value of rdf:about or @id, then anywhere between quotation marks, and
    last the part behind its last `#` or `/`: as rdf:ID, behind a `#`, an entity or a prefix, or as it is.

    Args:
        text: the document.
        iri: of the subject.
        suffix: of the file, `.rdf` or `.jsonld`.
    """
    for pattern in _rdfxml(iri) if suffix == ".rdf" else _jsonld(iri):
        match = re.search(pattern, text)
        if match is not None:
            return match.span(1)
    return None


def _rdfxml(iri: str) -> list[str]:
    whole, last = (re.escape(escape(part, _QUOTES)) for part in (iri, _last(iri)))
    patterns = [rf"""\babout\s*=\s*["']({whole})["']""", rf"""["']({whole})["']"""]
    if last:
        patterns.append(rf"""\b(?:about|ID)\s*=\s*["']((?:&[\w.-]+;|#|[^"'<&]*[/#])?{last})["']""")
    return patterns


def _jsonld(iri: str) -> list[str]:
    whole, last = (re.escape(json.dumps(part, ensure_ascii=False)[1:-1]) for part in (iri, _last(iri)))
    patterns = [rf'"@id"\s*:\s*"({whole})"', rf'"({whole})"']
    if last:
        patterns.append(rf'"@id"\s*:\s*"((?:[^"/#:\\]*[:#]|[^"\\]*/)?{last})"')
    return patterns


def _last(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]
