"""A place in the tokens of a query, and the errors that name it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.query.tokens import Token, significant, tokenize

if TYPE_CHECKING:
    from collections.abc import Callable

_CLOSING = {"(": ")", "{": "}", "[": "]"}


class ShapeError(ValueError):
    """Text that is not a query this module can read; `offset` is the place."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class Cursor:
    """Steps through the significant tokens of a query text."""

    def __init__(self, text: str) -> None:
        self._tokens = significant(tokenize(text))
        self._position = 0
        self._length = len(text)

    def _peek(self, ahead: int = 0) -> Token:
        index = self._position + ahead
        return self._tokens[index] if index < len(self._tokens) else Token("end", "", self._length)

    def _next(self) -> Token:
        token = self._peek()
        self._position += 1
        return token

    def _fail(self, expected: str) -> ShapeError:
        token = self._peek()
        found = "the end of the query" if token.kind == "end" else repr(token.text)
        if token.kind == "other" and token.text in "\"'":
            return ShapeError(f"the string that begins with {token.text} is never closed", token.start)
        return ShapeError(f"expected {expected}, found {found}", token.start)

    def _expect(self, text: str) -> Token:
        if self._peek().upper != text:
            raise self._fail(repr(text))
        return self._next()

    def _accept(self, *words: str) -> str | None:
        if self._peek().upper in words:
            return self._next().upper
        return None

    def _balanced(self) -> tuple[Token, ...]:
        """Everything from an opening bracket to the one that closes it."""
        start = self._position
        opened: list[Token] = []
        while True:
            token = self._next()
            if token.kind in ("end", "other"):
                self._position -= 1
                if token.kind == "end" and opened:
                    raise ShapeError(f"{opened[-1].text!r} is never closed", opened[-1].start)
                raise self._fail("an expression")
            if token.text in _CLOSING:
                opened.append(token)
            elif token.text in (")", "}", "]"):
                if not opened or _CLOSING[opened[-1].text] != token.text:
                    self._position -= 1
                    raise self._fail(repr(_CLOSING[opened[-1].text]) if opened else "an expression")
                opened.pop()
            if not opened:
                return tuple(self._tokens[start : self._position])

    def _until(self, stop: Callable[[Token], bool]) -> tuple[Token, ...]:
        start = self._position
        while self._peek().kind != "end" and not stop(self._peek()):
            if self._peek().text in _CLOSING:
                self._balanced()
            else:
                self._next()
        return tuple(self._tokens[start : self._position])
