"""Reads what a query selects, and what stands behind its pattern: GROUP BY, HAVING, ORDER BY, LIMIT."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from unpact.query import algebra as alg
from unpact.query.cursor import ShapeError
from unpact.query.parse_triples import TriplesParser

if TYPE_CHECKING:
    from collections.abc import Callable

    from unpact.query.tokens import Token

MODIFIERS = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")
# what stands behind the expression of a computed column
_AS_NAME = ("AS", "?name")


class Modifiers(NamedTuple):
    """What stands behind the pattern of a query."""

    group_by: tuple[alg.Column, ...] | None = None
    order_by: tuple[Token, ...] = ()
    having: tuple[Token, ...] = ()
    limit: Token | None = None
    grouping: tuple[Token, ...] = ()


class ClausesParser(TriplesParser):
    """Recursive descent over the clauses around a pattern."""

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
            token = self._next()
            return alg.Column(alg.variable(token.text), None, token)
        opening = self._peek().start
        if self._peek().text != "(":
            raise self._fail("'('")
        inside = self._balanced()[1:-1]
        if len(inside) <= len(_AS_NAME) or inside[-1].kind != "var" or inside[-2].upper != "AS":
            raise ShapeError("expected '(expression AS ?name)'", opening)
        return alg.Column(alg.variable(inside[-1].text), inside[:-2], inside[-1])

    def _modifiers(self) -> Modifiers:
        found = Modifiers()

        def stop(token: Token) -> bool:
            return token.text == "}" or token.upper in MODIFIERS

        while (word := self._peek().upper) in MODIFIERS and word != "VALUES":
            keyword = self._next()
            if word in ("GROUP", "ORDER"):
                self._expect("BY")
            if word == "GROUP":
                start = self._position
                keys = self._group_by(stop)
                found = found._replace(group_by=keys, grouping=tuple(self._tokens[start : self._position]))
                continue
            tokens = self._until(stop)
            if not tokens:
                raise self._fail(f"something after {word}")
            if word == "ORDER":
                found = found._replace(order_by=tokens)
            elif word == "HAVING":
                found = found._replace(having=tokens)
            elif word == "LIMIT":
                found = found._replace(limit=keyword)
        return found

    def _group_by(self, stop: Callable[[Token], bool]) -> tuple[alg.Column, ...]:
        """The keys that have a name; what is grouped by without one cannot be named elsewhere."""
        keys: list[alg.Column] = []
        for condition in self._conditions(stop):
            if len(condition) == 1 and condition[0].kind == "var":
                keys.append(alg.Column(alg.variable(condition[0].text), None, condition[0]))
            elif len(condition) > len(_AS_NAME) + 1 and condition[-3].upper == "AS":
                name = condition[-2]
                keys.append(alg.Column(alg.variable(name.text), condition[1:-3], name))
        return tuple(keys)

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
