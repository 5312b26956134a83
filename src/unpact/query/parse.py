"""Reads the shape of a query (see `unpact.query.algebra`) from its tokens.

It accepts everything that the engine accepts, apart from quoted triples, and leaves expressions to the
engine. Where it fails it knows the exact token, which the engine's own message often does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.query import algebra as alg
from unpact.query.cursor import ShapeError
from unpact.query.parse_clauses import MODIFIERS, ClausesParser

if TYPE_CHECKING:
    from collections.abc import Callable

    from unpact.query.tokens import Token

_OPENING = ("(", "{", "[")


def parse_query(text: str) -> alg.Query:
    """Parse a whole query. Raises ShapeError."""
    try:
        return _Parser(text).query()
    except RecursionError:
        raise ShapeError("the query is nested too deeply", 0) from None


class _Parser(ClausesParser):
    """Recursive descent over queries and groups."""

    def query(self) -> alg.Query:
        start = self._position
        while self._peek().upper in ("PREFIX", "BASE", "VERSION"):
            if self._next().upper == "PREFIX":
                if self._peek().kind != "pname" or not self._peek().text.endswith(":"):
                    raise self._fail("a prefix such as 'unp:'")
                self._next()
            if self._peek().kind not in ("iri", "string"):
                raise self._fail("an IRI in angle brackets")
            self._next()
        prologue = tuple(self._tokens[start : self._position])
        query = self._query_body(prologue)
        if self._peek().kind != "end":
            raise self._fail("the end of the query")
        return query

    def _query_body(self, prologue: tuple[Token, ...]) -> alg.Query:
        start = self._position
        form = self._accept("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
        columns: tuple[alg.Column, ...] | None = None
        template: alg.Triples | None = None
        described: tuple[Token, ...] = ()
        if form is None:
            raise self._fail("SELECT, ASK, CONSTRUCT or DESCRIBE")
        if form == "SELECT":
            columns = self._columns()
        elif form == "CONSTRUCT":
            if self._peek().text == "{":
                template = self._template()
        elif form == "DESCRIBE":
            described = self._until(
                lambda token: token.text == "{" or token.upper in ("FROM", "WHERE", *MODIFIERS)
            )
        dataset = self._until(lambda token: token.text == "{" or token.upper in ("WHERE", *MODIFIERS))
        self._accept("WHERE")
        where = alg.Group(()) if form == "DESCRIBE" and self._peek().text != "{" else self._group()
        modifiers = self._modifiers()
        values: tuple[Token, ...] = ()
        if self._peek().upper == "VALUES":
            values = self._values()
        return alg.Query(
            form,
            prologue,
            columns,
            dataset,
            where,
            modifiers.group_by,
            modifiers.order_by,
            values,
            tuple(self._tokens[start : self._position]),
            template,
            described,
            modifiers.having,
            modifiers.limit,
            modifiers.grouping,
        )

    def _template(self) -> alg.Triples:
        opening = self._expect("{")
        patterns: list[alg.TriplePattern] = []
        while self._peek().text != "}":
            if self._peek().kind == "end":
                raise ShapeError("'{' is never closed", opening.start)
            if self._peek().text == "." and patterns:
                self._next()
                continue
            patterns += self._triples().patterns
        self._next()
        return alg.Triples(tuple(patterns))

    def _group(self) -> alg.Group:
        opening = self._expect("{")
        if self._peek().upper == "SELECT":
            query = self._query_body(())
            self._expect("}")
            return alg.Group((alg.SubSelect(query),))
        elements: list[alg.Element] = []
        while self._peek().text != "}":
            if self._peek().kind == "end":
                raise ShapeError("'{' is never closed", opening.start)
            if self._peek().text == "." and elements:
                self._next()
                continue
            elements.append(self._element())
        self._next()
        return alg.Group(tuple(elements))

    def _element(self) -> alg.Element:
        if self._peek().text == "{":
            branches = [self._group()]
            while self._accept("UNION"):
                branches.append(self._group())
            return alg.Nested("", branches[0]) if len(branches) == 1 else alg.Union(tuple(branches))
        readers: dict[str, Callable[[], alg.Element]] = {
            "OPTIONAL": self._optional,
            "LATERAL": self._optional,
            "GRAPH": self._graph,
            "FILTER": self._filter,
            "VALUES": lambda: alg.Values(self._values()),
            "MINUS": self._minus,
            "SERVICE": self._service,
            "BIND": self._bind,
        }
        read = readers.get(self._peek().upper) if self._peek().kind == "word" else None
        return read() if read else self._triples()

    def _optional(self) -> alg.Element:
        keyword = self._next()
        return alg.Nested(keyword.upper, self._group(), (keyword,))

    def _graph(self) -> alg.Element:
        start = self._position
        self._next()
        name = self._term("the name of a graph")
        head = tuple(self._tokens[start : self._position])
        return alg.Nested(f"GRAPH {name}", self._group(), head)

    def _minus(self) -> alg.Element:
        start = self._position
        self._next()
        group = self._group()
        return alg.Minus(tuple(self._tokens[start : self._position]), group)

    def _service(self) -> alg.Element:
        start = self._position
        self._next()
        self._accept("SILENT")
        self._next()
        group = self._group()
        return alg.Service(tuple(self._tokens[start : self._position]), group)

    def _bind(self) -> alg.Element:
        start = self._position
        self._next()
        column = self._column()
        return alg.Bind(tuple(self._tokens[start : self._position]), column, self._tests(start))

    def _filter(self) -> alg.Element:
        start = self._position
        self._next()
        if self._peek().upper == "EXISTS":
            self._next()
            return alg.Exists(self._group(), tuple(self._tokens[start : start + 2]))
        if self._peek().upper == "NOT":
            self._next()
            self._expect("EXISTS")
            self._balanced()
        elif self._peek().text == "(":
            self._balanced()
        elif self._peek().kind in ("word", "iri", "pname") and self._peek(1).text == "(":
            self._next()
            self._balanced()
        else:
            raise self._fail("'(' or a function after FILTER")
        return alg.Filter(tuple(self._tokens[start : self._position]), self._tests(start))

    def _tests(self, start: int) -> tuple[alg.Exists, ...]:
        """The groups of EXISTS between the token `start` and here; each is read once more, by itself."""
        end = self._position
        found: list[alg.Exists] = []
        self._position = start
        while self._position < end:
            if self._next().upper == "EXISTS" and self._peek().text == "{":
                first = self._position - 1
                if self._tokens[first - 1].upper == "NOT":
                    first -= 1
                head = tuple(self._tokens[first : self._position])
                found.append(alg.Exists(self._group(), head))
        self._position = end
        return tuple(found)

    def _values(self) -> tuple[Token, ...]:
        start = self._position
        self._next()
        if self._peek().kind == "var":
            self._next()
        elif self._peek().text == "(":
            self._balanced()
        else:
            raise self._fail("a variable after VALUES")
        if self._peek().text != "{":
            raise self._fail("'{'")
        self._balanced()
        return tuple(self._tokens[start : self._position])
