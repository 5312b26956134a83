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
            ("name", terminals.NAME),
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


_KEYWORDS = frozenset({"a", "true", "false"})
# these are written in capitals or not
_OPENING = frozenset({"prefix", "base", "version", "graph"})


class Token(NamedTuple):
    """One terminal: its kind, which is the text itself for marks and keywords, and its offsets."""

    kind: str
    start: int
    end: int


def tokenize(text: str, start: int, end: int) -> tuple[list[Token], list[Token]]:
    """The tokens and the comments of `text` between two offsets, both in order.

    Never fails: what begins no terminal comes back as a token of kind `other`, and nothing is read behind it.
    The tokens close with one of kind `end`.
    """
    tokens: list[Token] = []
    comments: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        kind = match.lastgroup or "other"
        if kind == "space":
            continue
        if kind == "comment":
            comments.append(Token(kind, *match.span()))
            continue
        if kind == "mark":
            kind = match[0]
        elif kind == "name":
            kind = _kind(match[0])
        tokens.append(Token(kind, *match.span()))
        if kind == "other":
            break
    tokens.append(Token("end", end, end))
    return tokens, comments


def _kind(name: str) -> str:
    if ":" in name:
        return "label" if name.startswith("_:") else "prefixed"
    return name if name in _KEYWORDS or name.lower() in _OPENING else "other"
