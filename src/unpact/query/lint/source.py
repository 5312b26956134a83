"""The text of one query, taken apart once for all checks, and the places of its findings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from unpact.finding import Finding, Place, Severity
from unpact.names import PREFIXES, compact
from unpact.query.algebra import BLANK, Span, variable
from unpact.query.tokens import Token, declared_prefixes, expand_token, place, significant, tokenize

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADER = "#+"


@dataclass(frozen=True)
class QueryText:
    """One query as it is written.

    Args:
        text: the SPARQL text, with its header if it has one.
        file: what findings call it; `-` for the standard input.
        header: whether the file is a stored query, which must have a header.
    """

    text: str
    file: str
    header: bool = False

    @classmethod
    def read(cls, text: str, file: str) -> QueryText:
        """The query `text`; it counts as stored when it has a header."""
        stored = any(line.startswith(_HEADER) for line in text.split("\n"))
        return cls(text, file, stored)

    @cached_property
    def tokens(self) -> list[Token]:
        """All tokens, comments and blanks included."""
        return tokenize(self.text)

    @cached_property
    def code(self) -> list[Token]:
        """The tokens that mean something."""
        return significant(self.tokens)

    @cached_property
    def prefixes(self) -> Mapping[str, str]:
        """The prefixes that every query knows, and those that this one declares."""
        return {**PREFIXES, **declared_prefixes(self.code)}

    @cached_property
    def inputs(self) -> frozenset[str]:
        """The variables, as ``?name``, that are filled in before the query runs: those written ``$name``.

        In SPARQL ``$name`` and ``?name`` are one variable. So in a query without a header only a name that is
        always written with ``$`` and never selected is an input.
        """
        dollars = {variable(token.text) for token in self.code if token.text.startswith("$")}
        if self.header:
            return frozenset(dollars)
        plain = {token.text for token in self.code if token.kind == "var" and token.text.startswith("?")}
        return frozenset(dollars - plain - self._selected())

    def _selected(self) -> set[str]:
        found: set[str] = set()
        behind = False
        for index, token in enumerate(self.code):
            if token.upper == "SELECT":
                behind = True
            elif behind and (token.text == "{" or token.upper in ("WHERE", "FROM")):
                behind = False
            elif token.kind == "var" and (behind or self.code[index - 1].upper == "AS"):
                found.add(variable(token.text))
        return found

    def iri(self, term: str) -> str | None:
        """The IRI that a term of the query stands for; None for variables, literals and unknown prefixes."""
        tokens = tokenize(term)
        return expand_token(tokens[0], dict(self.prefixes)) if len(tokens) == 1 else None

    def place(self, span: Span) -> Place:
        """Lines and columns of a part of the text; what lies beyond its end is put on its last character."""
        last = max(len(self.text.rstrip()), 1)
        start = min(span.start, last - 1)
        end = max(min(span.end, last), start + 1)
        line, column = place(self.text, start)
        end_line, end_column = place(self.text, end - 1)
        return Place(self.file, line, column, end_line, end_column + 1)

    def line_span(self, line: int) -> Span:
        """The text of a line (counted from 1) without the blanks around it, nor the ``#+`` of a header."""
        lines = self.text.split("\n")
        number = min(max(line, 1), len(lines))
        written = lines[number - 1]
        start = sum(len(earlier) + 1 for earlier in lines[: number - 1])
        inside = written.removeprefix(_HEADER).lstrip(" \t-") or written
        return Span(start + len(written) - len(inside), start + len(written.rstrip()))

    def line_of(self, beginning: str, *, header: bool = True) -> int:
        """The line of the header that begins with a key, or of the query that holds some words; else the
        first.
        """
        for number, line in enumerate(self.text.split("\n"), 1):
            if line.startswith(_HEADER) == header and (
                line.lstrip("#+- ").startswith(beginning) if header else beginning.lower() in line.lower()
            ):
                return number
        return 1

    def finding(
        self,
        check: str,
        severity: Severity,
        message: str,
        span: Span,
        *,
        mend: str | None = None,
    ) -> Finding:
        """A finding at a part of this text."""
        return Finding(check, severity, message, place=self.place(span), mend=mend)


def span_of(tokens: tuple[Token, ...] | list[Token]) -> Span:
    """From the first to the last of some tokens."""
    return Span(tokens[0].start, tokens[-1].end) if tokens else Span(0, 0)


def shown(name: str, inputs: frozenset[str]) -> str:
    """A variable as its author knows it: ``$name`` for an input, ``[]`` for a blank node."""
    if name.startswith(BLANK):
        return "[]"
    return f"${name[1:]}" if name in inputs else name


def word(iri: str) -> str:
    """An IRI as a CURIE, or in angle brackets."""
    short = compact(iri)
    return f"<{iri}>" if short == iri else short
