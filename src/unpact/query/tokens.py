"""Tokens of SPARQL 1.1 text, with their places.

The binder, the policy and the checks all have to know whether ``$state`` or ``SERVICE`` stands in code or
inside a string, an IRI or a comment. One regular expression, following the terminals of the SPARQL 1.1
grammar (section 19.8), answers that for all of them in well under a millisecond, so that a warm run needs
no full parser.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

# The characters of names. Beyond ASCII everything counts as a letter: what the grammar excludes there may
# stand in strings, IRIs and comments only, so no query that an engine reads is taken apart differently, and
# classes of a few ASCII ranges compile in a twentieth of the time.
_LETTER = r"[^\x00-@\[-`{-\x7f]"
_WORD = r"[^\x00-/:-@\[-^`{-\x7f]"
_NAME = r"[^\x00-,./:-@\[-^`{-\x7f]"
_NAME_DOT = r"[^\x00-,/:-@\[-^`{-\x7f]"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_PREFIX = rf"{_LETTER}(?:{_NAME_DOT}*{_NAME})?"
_LOCAL = rf"(?:{_WORD}|:|{_ESCAPED})(?:(?:{_NAME_DOT}|:|{_ESCAPED})*(?:{_NAME}|:|{_ESCAPED}))?"

_STRING = (
    r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""|'
    r"'''(?:'{0,2}(?:[^'\\]|\\.))*'''|"
    r'"(?:[^"\\\r\n]|\\.)*"|'
    r"'(?:[^'\\\r\n]|\\.)*'"
)

_TOKEN = re.compile(
    "|".join(
        f"(?P<{kind}>{pattern})"
        for kind, pattern in (
            ("space", r"[ \t\r\n]+"),
            ("comment", r"#[^\r\n]*"),
            ("iri", r'<(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>'),
            ("string", _STRING),
            ("var", rf"[?$]{_WORD}+"),
            ("langtag", r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*"),
            ("bnode", rf"_:{_WORD}(?:{_NAME_DOT}*{_NAME})?"),
            ("pname", rf"(?:{_PREFIX})?:(?:{_LOCAL})?"),
            ("number", r"(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)(?:[eE][+-]?[0-9]+)|[0-9]*\.[0-9]+|[0-9]+"),
            ("word", r"[A-Za-z][A-Za-z0-9_]*"),
            ("punct", r"\^\^|\|\||&&|<=|>=|!=|<<|>>|[{}()\[\].;,=<>!|/^*+?\-&@]"),
        )
    )
    + "|(?P<other>.)",
    re.DOTALL,
)


class Token(NamedTuple):
    """One terminal of the grammar: its kind, its text and the offset of its first character."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset just after the token."""
        return self.start + len(self.text)

    @property
    def upper(self) -> str:
        """The text in capitals for a word (SPARQL keywords ignore case), else the text as it is."""
        return self.text.upper() if self.kind == "word" else self.text


def tokenize(text: str) -> list[Token]:
    """Split `text` into all its tokens, blanks and comments included, so that joining them gives `text`
    again.

    Never fails: a character that starts no terminal comes back as a token of kind ``other``.
    """
    return [
        Token(match.lastgroup or "other", match.group(), match.start()) for match in _TOKEN.finditer(text)
    ]


def significant(tokens: Iterable[Token]) -> list[Token]:
    """The tokens that mean something: all but blanks and comments."""
    return [token for token in tokens if token.kind not in ("space", "comment")]


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both counted from 1 and in characters, of the character at `offset`."""
    line = text.count("\n", 0, offset) + 1
    return line, offset - (text.rfind("\n", 0, offset) + 1) + 1


def declared_prefixes(tokens: list[Token]) -> dict[str, str]:
    """The prefixes that the query itself declares with ``PREFIX``; `tokens` are significant ones."""
    found: dict[str, str] = {}
    for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if word.upper == "PREFIX" and name.kind == "pname" and name.text.endswith(":") and iri.kind == "iri":
            found[name.text[:-1]] = iri.text[1:-1]
    return found


_LOCAL_ESCAPE = re.compile(r"\\([_~.\-!$&'()*+,;=/?#@%])")


def expand_token(token: Token, prefixes: dict[str, str]) -> str | None:
    """The IRI that an ``iri`` or ``pname`` token stands for; None for other tokens and unknown prefixes."""
    if token.kind == "iri":
        return token.text[1:-1]
    if token.kind == "pname":
        prefix, _, local = token.text.partition(":")
        if prefix in prefixes:
            return prefixes[prefix] + _LOCAL_ESCAPE.sub(r"\1", local)
    return None
