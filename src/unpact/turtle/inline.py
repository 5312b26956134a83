"""The parts of a statement as they stand within one line, if they may."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from unpact.turtle.nodes import Brackets, Collection, Name, String
from unpact.turtle.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.turtle.nodes import Node, Property
    from unpact.turtle.tokens import Token

_NEWLINE = re.compile(r"\r\n?|\n")
# between these tokens there is no space, whatever else stands around them
_TIGHT = frozenset({("[", "]"), ("(", ")"), ("string", "at"), ("string", "^^")})


def is_tight(before: str, after: str) -> bool:
    """Whether two kinds of tokens touch."""
    return before == "^^" or (before, after) in _TIGHT


def is_breakable(node: Node) -> bool:
    """Whether a node gets lines of its own when it is too long: a list of mere names does not."""
    if isinstance(node, Collection):
        return any(isinstance(item, Brackets | Collection) for item in node.items)
    return isinstance(node, Brackets) and bool(node.properties)


class InlineForms:
    """Writes nodes of one statement within a line.

    Args:
        text: the document.
        comments: those of the statement, in order.
    """

    def __init__(self, text: str, comments: list[Token]) -> None:
        self._text = text
        self._comments = comments
        self._starts = [comment.start for comment in comments]

    def comments(self, start: int, end: int) -> list[Token]:
        """The comments between two offsets."""
        return self._comments[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def lines(self, start: int, end: int) -> int:
        """The number of newlines between two offsets."""
        return len(_NEWLINE.findall(self._text, start, end))

    def node(self, node: Node) -> str | None:
        """A node; None where comments, its author or a string of several lines break it.

        Such a string alone is given as it is.
        """
        if isinstance(node, Name):
            return self._text[node.start : node.end]
        if self.comments(node.start, node.end):
            return None
        if isinstance(node, String):
            return self._string(node)
        if isinstance(node, Brackets):
            return self._brackets(node)
        return self._collection(node) if isinstance(node, Collection) else self._words(node.start, node.end)

    def objects(self, objects: Sequence[Node], since: int) -> str | None:
        """Several objects of one predicate; None where they may not share a line, or were not meant to.

        Args:
            objects: two or more.
            since: the offset behind the predicate.
        """
        if self.lines(objects[0].end, objects[1].start) or self.comments(since, objects[-1].end):
            return None
        return self._joined(objects, " , ")

    def properties(self, properties: Sequence[Property]) -> str | None:
        """Properties with their objects; None where they may not share a line."""
        found: list[str] = []
        for used in properties:
            values = self._joined(used.objects, " , ")
            if values is None:
                return None
            found.append(f"{self._text[used.predicate.start : used.predicate.end]} {values}")
        return " ; ".join(found)

    def _string(self, node: String) -> str:
        text = self._text
        suffix = "" if node.language is None else text[node.language : node.end]
        if node.datatype is not None:
            suffix = f"^^{text[node.datatype.start : node.datatype.end]}"
        return text[node.start : node.quoted] + suffix

    def _brackets(self, node: Brackets) -> str | None:
        if not node.properties:
            return "[]"
        inner = None if self.lines(node.start, node.end) else self.properties(node.properties)
        return None if inner is None else f"[ {inner}{' ;' if node.semicolon else ''} ]"

    def _collection(self, node: Collection) -> str | None:
        if not node.items:
            return "()"
        inner = None if self.lines(node.start, node.end) else self._joined(node.items, " ")
        return None if inner is None else f"( {inner} )"

    def _joined(self, nodes: Sequence[Node], mark: str) -> str | None:
        texts: list[str] = []
        for node in nodes:
            text = self.node(node)
            if text is None or _NEWLINE.search(text):
                return None
            texts.append(text)
        return mark.join(texts)

    def _words(self, start: int, end: int) -> str:
        parts: list[str] = []
        before = ""
        for token in tokenize(self._text, start, end)[0][:-1]:
            if before and not is_tight(before, token.kind):
                parts.append(" ")
            parts.append(self._text[token.start : token.end])
            before = token.kind
        return "".join(parts)
