"""The shape of a query: groups, patterns and paths, with expressions kept as the tokens that were written.

This is as much of the SPARQL 1.1 grammar as is needed to see which triples a query looks at. Terms are kept
as text. Blank nodes of the query become variables, which is what they mean. Where something is written is
kept beside it, and does not count when two parts are compared.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

# paths are part of the algebra: who reads a query needs one import
from unpact.query.property_path import (
    NOWHERE,
    Chain,
    Choice,
    Inverse,
    Negated,
    Path,
    Repeat,
    Span,
    Step,
    path_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unpact.query.tokens import Token

__all__ = [
    "BLANK",
    "Bind",
    "Chain",
    "Choice",
    "Column",
    "Element",
    "Exists",
    "Filter",
    "Group",
    "Inverse",
    "Minus",
    "Negated",
    "Nested",
    "Opaque",
    "Path",
    "Query",
    "Repeat",
    "Service",
    "Span",
    "Step",
    "SubSelect",
    "TriplePattern",
    "Triples",
    "Union",
    "Values",
    "path_text",
    "text_of",
    "variable",
    "variables",
]

#: How the variables begin that stand for blank nodes.
BLANK = "?blank__"


@dataclass(frozen=True, slots=True)
class TriplePattern:
    """Subject, predicate (a term's text, or a path) and object of one pattern; `spans` are theirs."""

    subject: str
    predicate: str | Path
    object: str
    spans: tuple[Span, Span, Span] = field(default=(NOWHERE,) * 3, compare=False)

    def text(self) -> str:
        """The pattern as SPARQL text, without its final dot."""
        predicate = self.predicate if isinstance(self.predicate, str) else path_text(self.predicate)
        return f"{self.subject} {predicate} {self.object}"

    def variables(self) -> Iterator[str]:
        """The variables of the pattern, as ``?name``."""
        for term in (self.subject, self.predicate, self.object):
            if isinstance(term, str) and term.startswith("?"):
                yield term

    def renamed(self, names: Mapping[str, str]) -> TriplePattern:
        """The pattern with its variables renamed; `names` maps ``?old`` to ``?new``."""
        predicate = self.predicate
        if isinstance(predicate, str):
            predicate = names.get(predicate, predicate)
        return TriplePattern(
            names.get(self.subject, self.subject),
            predicate,
            names.get(self.object, self.object),
            self.spans,
        )


@dataclass(frozen=True, slots=True)
class Triples:
    """A block of triple patterns."""

    patterns: tuple[TriplePattern, ...]


@dataclass(frozen=True, slots=True)
class Nested:
    """A group behind a keyword: ``OPTIONAL``, ``LATERAL``, ``GRAPH ?g``, or nothing; `head` is the keyword
    as written.
    """

    keyword: str
    group: Group
    head: tuple[Token, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Union:
    """Two groups or more, any of which may match."""

    branches: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Exists:
    """``FILTER EXISTS { ... }``; `head` is the keywords as written."""

    group: Group
    head: tuple[Token, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Opaque:
    """What is kept as it was written: VALUES, and the kinds below for those who look inside."""

    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Values(Opaque):
    """``VALUES ...``."""


@dataclass(frozen=True, slots=True)
class Filter(Opaque):
    """``FILTER ...`` with an expression; `tests` are the groups of EXISTS and NOT EXISTS in it."""

    tests: tuple[Exists, ...] = ()


@dataclass(frozen=True, slots=True)
class Bind(Opaque):
    """``BIND(... AS ?name)``; `tests` as in a filter."""

    column: Column
    tests: tuple[Exists, ...] = ()


@dataclass(frozen=True, slots=True)
class Minus(Opaque):
    """``MINUS { ... }``."""

    group: Group


@dataclass(frozen=True, slots=True)
class Service(Opaque):
    """``SERVICE <...> { ... }``."""

    group: Group


@dataclass(frozen=True, slots=True)
class SubSelect:
    """A query inside a group."""

    query: Query


Element = Triples | Nested | Union | Exists | Opaque | SubSelect


@dataclass(frozen=True, slots=True)
class Group:
    """Everything between two braces."""

    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A projected variable (``?name``), with the expression it is computed by, if any; `token` names it."""

    variable: str
    expression: tuple[Token, ...] | None
    token: Token | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Query:
    """A query or sub-query.

    Args:
        form: SELECT, ASK, CONSTRUCT or DESCRIBE.
        prologue: the PREFIX and BASE lines.
        columns: what is selected; None for ``SELECT *`` and for the other forms.
        dataset: the FROM clauses.
        where: the pattern.
        group_by: the keys; None without GROUP BY.
        order_by: what stands behind ORDER BY.
        values: the VALUES behind the pattern.
        tokens: the whole query without its prologue.
        template: what a CONSTRUCT makes; None for ``CONSTRUCT WHERE``, whose pattern is its template.
        described: what stands behind DESCRIBE.
        having: what stands behind HAVING.
        limit: the keyword LIMIT.
        grouping: what stands behind GROUP BY, expressions without a name included.
    """

    form: str
    prologue: tuple[Token, ...]
    columns: tuple[Column, ...] | None
    dataset: tuple[Token, ...]
    where: Group
    group_by: tuple[Column, ...] | None
    order_by: tuple[Token, ...]
    values: tuple[Token, ...]
    tokens: tuple[Token, ...]
    template: Triples | None = None
    described: tuple[Token, ...] = ()
    having: tuple[Token, ...] = ()
    limit: Token | None = None
    grouping: tuple[Token, ...] = ()


def variable(text: str) -> str:
    """``$x`` and ``?x`` are one variable: always ``?x``."""
    return "?" + text[1:]


def text_of(tokens: Sequence[Token], names: Mapping[str, str] | None = None) -> str:
    """Tokens as text again, variables renamed by `names` (``?old`` to ``?new``).

    What stood together stays together: the engine does not read ``CONCAT (...)`` as ``CONCAT(...)``.
    """
    names = names or {}
    parts: list[str] = []
    end = tokens[0].start if tokens else 0
    for token in tokens:
        if token.start > end:
            parts.append(" ")
        name = variable(token.text) if token.kind == "var" else token.text
        parts.append(names.get(name, name) if token.kind == "var" else name)
        end = token.end
    return "".join(parts)


def variables(part: Group | Element | Sequence[Token]) -> Iterator[str]:
    """Every variable that a part of a query mentions, as ``?name``; a sub-query shows only what it
    projects.
    """
    match part:
        case Group(elements):
            for element in elements:
                yield from variables(element)
        case Triples(patterns):
            for pattern in patterns:
                yield from pattern.variables()
        case Nested(keyword, group):
            yield from (word for word in keyword.split() if word.startswith("?"))
            yield from variables(group)
        case Union(branches):
            for branch in branches:
                yield from variables(branch)
        case _:
            yield from _other_variables(part)


def _other_variables(part: Exists | Opaque | SubSelect | Sequence[Token]) -> Iterator[str]:
    match part:
        case Exists(group):
            yield from variables(group)
        case Opaque(tokens):
            yield from _other_variables(tokens)
        case SubSelect(query):
            yield from (
                (column.variable for column in query.columns) if query.columns else variables(query.where)
            )
        case _:
            yield from (variable(token.text) for token in part if token.kind == "var")
