"""The tokens of a stretch of Turtle or TriG, each with its offsets in the whole text."""

from __future__ import annotations

import re
from typing import NamedTuple

from unpact.turtle import terminals

_TOKEN = re.compile(
    "|".join(
        f"(?P<{kind}>{pattern})"
        for kind, pattern in (
            ("space", rf"{terminals.SPACE}++"),
            ("iri", terminals.IRI),
            ("label", terminals.LABEL),
            ("prefixed", terminals.PREFIXED),
            ("word", terminals.WORD),
            ("string", terminals.STRING),
            ("double", terminals.DOUBLE),
            ("decimal", terminals.DECIMAL),
            ("integer", terminals.INTEGER),
            ("at", terminals.AT),
            ("comment", terminals.COMMENT),
            # those of RDF 1.2 are longer, so they come first
            ("mark", r"<<\(|\)>>|<<|>>|\{\||\|\}|\^\^|[.;,()\[\]{}~]"),
        )
    )
    + "|(?P<other>.)",
    re.DOTALL,
)


class Token(NamedTuple):
    """One terminal: its kind, which is the text itself for marks and words, and its offsets."""

    kind: str
    start: int
    end: int


def tokenize(text: str, start: int, end: int) -> tuple[list[Token], list[Token]]:
    """The tokens and the comments of `text` between two offsets, both in order.

    Never fails: a character that begins no terminal comes back as a token of kind `other`. The tokens close
    with one of kind `end`.
    """
    tokens: list[Token] = []
    comments: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        kind = match.lastgroup
        if kind == "space" or kind is None:
            continue
        if kind in ("mark", "word"):
            tokens.append(Token(match[0], *match.span()))
        elif kind == "comment":
            comments.append(Token(kind, *match.span()))
        else:
            tokens.append(Token(kind, *match.span()))
    tokens.append(Token("end", end, end))
    return tokens, comments
