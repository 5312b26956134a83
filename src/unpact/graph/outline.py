"""What the text of a query says of itself before anything parses it: its form, its prefixes, its dataset.

A service parses what it is sent, and may know more of SPARQL than the embedded engine does; so a query for it
is looked over here, and not refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from unpact.names import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
# Strings, IRIs, comments and variables are stepped over; the local part of a name is taken with its prefix.
_LEXEME = r"""
      <[^<>"{}|^`\\\s]*> | \#[^\r\n]*
    | \"{3} (?: \"{0,2} (?:[^"\\]|\\.) )* \"{3} | '{3} (?: '{0,2} (?:[^'\\]|\\.) )* '{3}
    | " (?:[^"\\\r\n]|\\.)* " | ' (?:[^'\\\r\n]|\\.)* '
    | [?$] \w+ | @ [A-Za-z-]+
    | \b PREFIX \s* (?P<declared> (?:[^\W\d_][\w.-]*)? ) \s* :
    | (?P<prefix> (?:\w[\w.-]*)? ) : (?: [\w.:-] | %[0-9A-Fa-f]{2} | \\. )*
    | (?P<word> [A-Za-z]\w* )
    """


class Outline(NamedTuple):
    """What a query says of itself.

    Args:
        form: SELECT, ASK, CONSTRUCT or DESCRIBE; None for a text that is no query.
        undeclared: those of our prefixes that it uses and does not declare.
        names_dataset: whether it has FROM.
    """

    form: str | None
    undeclared: tuple[str, ...]
    names_dataset: bool

    @property
    def prologue(self) -> str:
        """The missing declarations on one line, so that the lines of the query keep their numbers."""
        return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in self.undeclared)


def outline(text: str) -> Outline:
    """Look over the text of a query (SPARQL 1.1, sections 4 and 19.8)."""
    declared: set[str] = set()
    used: dict[str, None] = {}
    words: list[str] = []
    for token in _tokens(text):
        if token["declared"] is not None:
            declared.add(token["declared"])
        elif token["prefix"] is not None:
            used[token["prefix"]] = None
        elif token["word"] is not None:
            words.append(token["word"].upper())
    form = next((word for word in words if word in _FORMS | _UPDATES), None)
    undeclared = tuple(prefix for prefix in used if prefix in PREFIXES and prefix not in declared)
    return Outline(form if form in _FORMS else None, undeclared, "FROM" in words)


def _tokens(text: str) -> Iterator[re.Match[str]]:
    # compiled when it is first needed: most runs ask no service
    return re.finditer(_LEXEME, text, re.VERBOSE | re.DOTALL | re.IGNORECASE)
