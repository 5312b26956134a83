"""Can the text be read at all? Its syntax, its prefixes, and whether it would reach another server."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from pyoxigraph import Store

from unpact.finding import Severity
from unpact.names import PREFIXES
from unpact.query.algebra import Span
from unpact.query.cursor import ShapeError
from unpact.query.parse import parse_query
from unpact.query.policy import remote_access
from unpact.query.positions import syntax_error
from unpact.query.prefixes import undeclared_prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from unpact.finding import Finding
    from unpact.query.lint.source import QueryText
    from unpact.query.tokens import Token

SYNTAX = "query/syntax"
PREFIX = "query/unknown-prefix"
REMOTE = "query/remote"
# the engine's parser recurses, and a few thousand levels end the whole process
_DEEPEST = 400
_TOO_MANY_DOTS = 2
_OPENING, _CLOSING = "({[", ")}]"


def check_prefixes(source: QueryText) -> Iterator[Finding]:
    """Every prefixed name whose prefix nobody has declared."""
    for token in undeclared_prefixes(source.code, PREFIXES):
        prefix = token.text.partition(":")[0]
        if source.text[token.start - 1 : token.start] == "<":
            yield source.finding(
                SYNTAX,
                Severity.VIOLATION,
                "this IRI contains a character that no IRI may contain",
                Span(token.start - 1, token.end),
            )
            continue
        close = difflib.get_close_matches(prefix.lower(), PREFIXES, n=1, cutoff=0.5)
        question = f"; did you mean {close[0]}:?" if close else f"; begin with PREFIX {prefix}: <...>"
        yield source.finding(
            PREFIX,
            Severity.VIOLATION,
            f"the prefix {prefix + ':'!r} is not declared{question}",
            Span(token.start, token.start + len(prefix) + 1),
            mend=f"Write {close[0]}{token.text[len(prefix) :]}." if close else None,
        )


def check_syntax(source: QueryText, *, with_engine: bool = True) -> Iterator[Finding]:
    """The first mistake that keeps an engine from reading the text.

    Without the engine only the shape is read: while prefixes are missing it would stumble over them, and it
    answers an ASK as it reads it, so it may not see a text that reaches another server.
    """
    if (token := _too_deep(source.code)) is not None:
        message = f"brackets are nested more than {_DEEPEST} deep"
        yield source.finding(SYNTAX, Severity.VIOLATION, message, Span(token.start, token.end))
        return
    try:
        parse_query(source.text)
    except ShapeError as error:
        span = _token_at(source, error.offset)
        yield source.finding(SYNTAX, Severity.VIOLATION, str(error), span)
        return
    if not with_engine:
        return
    text = engine_text(source)
    try:
        _parse(text)
    except SyntaxError:
        found = syntax_error(text, _parse)
        lines = source.text.split("\n")
        offset = sum(len(line) + 1 for line in lines[: (found.line or 1) - 1]) + (found.column or 1) - 1
        yield source.finding(SYNTAX, Severity.VIOLATION, found.message, _token_at(source, offset))
    except (OSError, RuntimeError):
        # It was read: an ASK is answered at once, and what goes wrong then is no matter of syntax.
        return


def check_remote(source: QueryText, graphs: Callable[[], Collection[str]]) -> Iterator[Finding]:
    """SERVICE, and FROM of what is not one of the named graphs."""
    for token, keyword in remote_access(source.text, graphs):
        message = f"{keyword} would reach another server"
        mend = "Load that data and name it with --data, or run the query with --allow-network."
        yield source.finding(REMOTE, Severity.VIOLATION, message, Span(token.start, token.end), mend=mend)


def engine_text(source: QueryText) -> str:
    """The text as the engine can read it, every character in its place.

    Names with several dots lose these, since the engine stops at the second one; an input that stands among
    the rows of VALUES, where SPARQL wants a value, becomes a number of the same length.
    """
    pieces: list[str] = []
    depth = 0
    in_values = in_rows = False
    for token in source.tokens:
        written = token.text
        in_values = in_values or token.upper == "VALUES"
        if in_values and token.text == "{":
            in_rows = True
        if in_rows:
            depth += (token.text == "{") - (token.text == "}")
            if depth == 0:
                in_values = in_rows = False
            elif token.kind == "var" and f"?{token.text[1:]}" in source.inputs and not source.header:
                written = "1" * len(token.text)
        if token.kind == "pname" and token.text.count(".") >= _TOO_MANY_DOTS:
            prefix, colon, local = token.text.partition(":")
            written = prefix + colon + local.replace(".", "a")
        pieces.append(written)
    return "".join(pieces)


def _parse(text: str) -> object:
    return Store().query(text, prefixes=PREFIXES)


def _too_deep(code: list[Token]) -> Token | None:
    depth = 0
    for token in code:
        depth += (token.text in tuple(_OPENING)) - (token.text in tuple(_CLOSING))
        if depth > _DEEPEST:
            return token
    return None


def _token_at(source: QueryText, offset: int) -> Span:
    token = next((token for token in source.code if token.start <= offset < token.end), None)
    return Span(offset, offset + 1) if token is None else Span(token.start, token.end)
