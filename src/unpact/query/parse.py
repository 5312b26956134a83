"""Reads the shape of a query (see `unpact.query.algebra`) from its tokens.

It accepts everything that the engine accepts, apart from quoted triples, and leaves expressions to the
engine. Where it fails it knows the exact token, which the engine's own message often does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.query import algebra as alg
from unpact.query.cursor import ShapeError
from unpact.query.parse_triples import TriplesParser

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from unpact.query.tokens import Token

# what stands behind the expression of a computed column
_AS_NAME = ("AS", "?name")
_OPENING = ("(", "{", "[")
_MODIFIERS = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")


def parse_query(text: str) -> alg.Query:
    """Parse a whole query. Raises ShapeError."""
    try:
        return _Parser(text).query()
    except RecursionError:
        raise ShapeError("the query is nested too deeply", 0) from None


class _Parser(TriplesParser):
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
        if form is None:
            raise self._fail("SELECT, ASK, CONSTRUCT or DESCRIBE")
        if form == "SELECT":
            columns = self._columns()
        elif form == "CONSTRUCT":
            if self._peek().text == "{":
                self._balanced()
        elif form == "DESCRIBE":
            self._until(lambda token: token.text == "{" or token.upper in ("FROM", "WHERE", *_MODIFIERS))
        dataset = self._until(lambda token: token.text == "{" or token.upper in ("WHERE", *_MODIFIERS))
        self._accept("WHERE")
        where = alg.Group(()) if form == "DESCRIBE" and self._peek().text != "{" else self._group()
        group_by, order_by = self._modifiers()
        values: tuple[Token, ...] = ()
        if self._peek().upper == "VALUES":
            values = self._values()
        return alg.Query(
            form,
            prologue,
            columns,
            dataset,
            where,
            group_by,
            order_by,
            values,
            tuple(self._tokens[start : self._position]),
        )

    def _columns(self) -> tuple[alg.Column, ...] | None:
        self._accept("DISTINCT", "REDUCED")
        if self._accept("*"):
            return None
        columns: list[alg.Column] = []
        while self._peek().kind == "var" or self._peek().text == "(":
            columns.append(self._column())
        if not columns:
            raise self._fail("a variable such as ?name, or *")
        return tuple(columns)

    def _column(self) -> alg.Column:
        if self._peek().kind == "var":
            return alg.Column(alg.variable(self._next().text), None)
        opening = self._peek().start
        if self._peek().text != "(":
            raise self._fail("'('")
        inside = self._balanced()[1:-1]
        if len(inside) <= len(_AS_NAME) or inside[-1].kind != "var" or inside[-2].upper != "AS":
            raise ShapeError("expected '(expression AS ?name)'", opening)
        return alg.Column(alg.variable(inside[-1].text), inside[:-2])

    def _modifiers(self) -> tuple[tuple[alg.Column, ...] | None, tuple[Token, ...]]:
        group_by: list[alg.Column] | None = None
        order_by: tuple[Token, ...] = ()

        def stop(token: Token) -> bool:
            return token.text == "}" or token.upper in _MODIFIERS

        while (word := self._peek().upper) in _MODIFIERS and word != "VALUES":
            self._next()
            if word in ("GROUP", "ORDER"):
                self._expect("BY")
            if word == "GROUP":
                group_by = []
                for condition in self._conditions(stop):
                    if len(condition) == 1 and condition[0].kind == "var":
                        group_by.append(alg.Column(alg.variable(condition[0].text), None))
                    elif len(condition) > len(_AS_NAME) + 1 and condition[-3].upper == "AS":
                        group_by.append(alg.Column(alg.variable(condition[-2].text), condition[1:-3]))
                continue
            tokens = self._until(stop)
            if not tokens:
                raise self._fail(f"something after {word}")
            if word == "ORDER":
                order_by = tokens
        return (None if group_by is None else tuple(group_by)), order_by

    def _conditions(self, stop: Callable[[Token], bool]) -> list[tuple[Token, ...]]:
        found: list[tuple[Token, ...]] = []
        while self._peek().kind != "end" and not stop(self._peek()):
            start = self._position
            if self._peek().text != "(":
                self._next()
            if self._peek().text == "(" and self._tokens[start].kind != "var":
                self._balanced()
            found.append(tuple(self._tokens[start : self._position]))
        if not found:
            raise self._fail("something to group by")
        return found

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
            "VALUES": lambda: alg.Opaque(self._values()),
            "MINUS": self._opaque,
            "SERVICE": self._opaque,
            "BIND": self._opaque,
        }
        read = readers.get(self._peek().upper) if self._peek().kind == "word" else None
        return read() if read else self._triples()

    def _optional(self) -> alg.Element:
        return alg.Nested(self._next().upper, self._group())

    def _graph(self) -> alg.Element:
        self._next()
        name = self._term("the name of a graph")
        return alg.Nested(f"GRAPH {name}", self._group())

    def _opaque(self) -> alg.Element:
        start = self._position
        word = self._next().upper
        if word == "SERVICE":
            self._accept("SILENT")
            self._next()
        if word == "BIND":
            self._column()
        else:
            self._group()
        return alg.Opaque(tuple(self._tokens[start : self._position]))

    def _filter(self) -> alg.Element:
        start = self._position
        self._next()
        if self._peek().upper == "EXISTS":
            self._next()
            return alg.Exists(self._group())
        if self._peek().upper == "NOT":
            self._next()
            self._expect("EXISTS")
            self._group()
        elif self._peek().text == "(":
            self._balanced()
        elif self._peek().kind in ("word", "iri", "pname") and self._peek(1).text == "(":
            self._next()
            self._balanced()
        else:
            raise self._fail("'(' or a function after FILTER")
        return alg.Opaque(tuple(self._tokens[start : self._position]))

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


def undeclared_prefix(code: Sequence[Token], known: Sequence[str]) -> Token | None:
    """The first prefixed name whose prefix is neither declared before nor among `known`."""
    declared = set(known)
    for index, token in enumerate(code):
        if token.kind == "pname":
            prefix = token.text.partition(":")[0]
            if index and code[index - 1].upper == "PREFIX":
                declared.add(prefix)
            elif prefix not in declared:
                return token
    return None
