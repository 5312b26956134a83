"""Changes a document in a few places and leaves every other byte as it is: what `--fix` stands on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from unpact.names import XSD
from unpact.turtle import terminals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Literal


_QUOTE = re.compile(r"\"\"\"|'''|\"|'")
_SHORTHAND = {
    XSD + "integer": re.compile(terminals.INTEGER),
    XSD + "decimal": re.compile(terminals.DECIMAL),
    XSD + "double": re.compile(terminals.DOUBLE),
    XSD + "boolean": re.compile("true|false"),
}
_LOCAL = re.compile(r"[A-Za-z_0-9](?:[A-Za-z_0-9.-]*[A-Za-z_0-9-])?")
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_ALLOWED_IN_LONG = "\n\t"


class Edit(NamedTuple):
    """A stretch of a text, and what is to stand there instead.

    Args:
        start: the offset of its first character.
        end: the offset just behind its last; the same as `start` to insert.
        replacement: the new text.
    """

    start: int
    end: int
    replacement: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made at once; their offsets are those of the text as it was.

    Raises:
        ValueError: for edits that overlap, or lie outside the text.
    """
    parts: list[str] = []
    at = 0
    for edit in sorted(edits):
        if edit.start < at or edit.end < edit.start or edit.end > len(text):
            raise ValueError(f"{edit} overlaps another edit, or lies outside the text")
        parts += [text[at : edit.start], edit.replacement]
        at = edit.end
    return "".join([*parts, text[at:]])


def written(literal: Literal, *, like: str = '"', prefixes: Mapping[str, str] | None = None) -> str:
    """A literal in Turtle.

    Args:
        literal: to be written.
        like: the literal whose style is followed: its quotation marks, or none where neither needs them.
        prefixes: the prefixes that the document declares; with none that fits, the datatype is a whole IRI.
    """
    datatype = literal.datatype.value
    quote = _QUOTE.match(like)
    shorthand = _SHORTHAND.get(datatype)
    if quote is None and shorthand is not None and shorthand.fullmatch(literal.value):
        return literal.value
    quoted = _quoted(literal.value, '"' if quote is None else quote[0])
    if literal.language is not None:
        direction = "" if literal.direction is None else f"--{literal.direction.value}"
        return f"{quoted}@{_tag(literal.language, like)}{direction}"
    if datatype == XSD + "string":
        return quoted
    return f"{quoted}^^{_name(datatype, prefixes or {})}"


def _quoted(value: str, quote: str) -> str:
    """A string in the given quotation marks, with all escapes that they need."""
    long = len(quote) > 1
    found = "".join(
        character if long and character in _ALLOWED_IN_LONG else _ESCAPES.get(character, character)
        for character in value
    )
    # in long strings marks are free unless three come together, or one would touch the closing ones
    if not long or quote in found or found.endswith(quote[0]):
        found = found.replace(quote[0], f"\\{quote[0]}")
    return quote + found + quote


def _tag(language: str, like: str) -> str:
    """A language tag as the author spells it, since the engine gives only small letters."""
    spelled = like.rpartition("@")[2].partition("--")[0]
    return spelled if spelled.lower() == language.lower() else language


def _name(iri: str, prefixes: Mapping[str, str]) -> str:
    fitting = [
        (len(namespace), f"{prefix}:{iri[len(namespace) :]}")
        for prefix, namespace in prefixes.items()
        if namespace and iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace))
    ]
    return max(fitting)[1] if fitting else f"<{iri}>"
