"""Where a query is wrong, in lines and columns of the text that the person wrote.

The engine reports how far its look-ahead got, which is up to the length of a keyword behind the mistake and
often the end of the line. So the shape of the query is read again by our own parser, which knows the token;
what only the engine finds (a wrong expression, an unknown function) is placed by its position less its
look-ahead.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from unpact.errors import QuerySyntaxError
from unpact.names import PREFIXES
from unpact.query.cursor import ShapeError
from unpact.query.parse import parse_query
from unpact.query.prefixes import undeclared_prefixes
from unpact.query.tokens import Token, place, significant, tokenize

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_POSITION = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)\Z", re.DOTALL)
_KEYWORD = re.compile(r"[A-Za-z_0-9]+\Z")
_SENTENCES = {
    "The SELECT contains a variable that is unbound": "a column is neither grouped by nor an aggregate",
    "The SELECT overrides an existing variable": "a computed column takes the name of a bound variable",
    "Duplicated variable name in SELECT": "a column is named twice",
    "IRI parsing failed": "this is not an absolute IRI",
}
# More than the longest keyword of SPARQL, so that the look-ahead never runs into the end of the text.
_PADDING = " " * 40


def syntax_error(text: str, parse: Callable[[str], object], *, where: str | None = None) -> QuerySyntaxError:
    """The error to raise for `text`, which the engine refused. `parse` runs the engine's parser and raises
    SyntaxError.
    """
    problem, offset = _diagnose(text, parse)
    line, column = place(text, min(offset, len(text.rstrip())))
    return QuerySyntaxError(problem, line=line, column=column, where=where)


def _diagnose(text: str, parse: Callable[[str], object]) -> tuple[str, int]:
    code = significant(tokenize(text))
    if not code:
        return "the query is empty", 0
    if (token := next(undeclared_prefixes(code, PREFIXES), None)) is not None:
        prefix = token.text.partition(":")[0]
        if text[token.start - 1 : token.start] == "<":
            return "this IRI contains a character that no IRI may contain", token.start - 1
        return f"the prefix {prefix!r} is not declared; begin with PREFIX {prefix}: <...>", token.start
    try:
        parse_query(text)
    except ShapeError as error:
        return str(error), error.offset
    messages = [message for padding in ("", _PADDING) if (message := _message(text + padding, parse))]
    for message in messages:
        for phrase, sentence in _SENTENCES.items():
            if phrase in message:
                return sentence, _first_column(code) if "SELECT" in phrase else _reached(text, message)
    return _from_look_ahead(text, messages[-1]) if messages else ("the query cannot be read", 0)


def _message(text: str, parse: Callable[[str], object]) -> str:
    try:
        parse(text)
    except SyntaxError as error:
        return str(error)
    return ""


def _first_column(code: Sequence[Token]) -> int:
    """The place of the columns: the engine tells that one of them is wrong, not which."""
    return next((token.start for token in code if token.upper == "SELECT"), 0)


def _reached(text: str, message: str) -> int:
    """The offset that the engine names."""
    match = _POSITION.match(message)
    if match is None:
        return 0
    lines = text.split("\n")
    line = min(int(match[1]), len(lines))
    return sum(len(earlier) + 1 for earlier in lines[: line - 1]) + int(match[2]) - 1


def _from_look_ahead(text: str, message: str) -> tuple[str, int]:
    match = _POSITION.match(message)
    if match is None:
        return " ".join(message.split()), 0
    expected = [part.strip(" '\"") for part in match[3].split(",")]
    longest = max((len(word) for word in expected if _KEYWORD.match(word)), default=0)
    offset = min(max(_reached(text, message) - longest, 0), len(text))
    token = next((token for token in significant(tokenize(text)) if token.end > offset), None)
    if token is None:
        return "the query ends too early", len(text)
    return f"{token.text!r} cannot stand here", token.start
