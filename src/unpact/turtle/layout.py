"""The layout of Turtle and TriG that `unpact fmt` gives: where lines end and how far they are indented.

A predicate has a line, its objects share it while it is no longer than 120 characters. What authors broke on
purpose stays broken: objects after the first comma, properties in brackets, items of a collection. A
statement on `[]`, as an annotation is, may stay on one line of up to 200 characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.turtle.inline import InlineForms, is_breakable, is_tight
from unpact.turtle.nodes import Brackets, Collection, GraphEnd, GraphStart, Triples
from unpact.turtle.page import Page
from unpact.turtle.parser import parse_statement
from unpact.turtle.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.turtle.nodes import Node, Property, Statement
    from unpact.turtle.split import Statements

WIDTH = 120
#: How long a statement on `[]` that its author wrote on one line may be.
ONE_LINE = 200
_STEP = 4


def lay_out(statements: Statements) -> str:
    """The document in its layout.

    Raises:
        DataSyntaxError: for a statement that does not parse.
    """
    return _Layout(statements).document()


class _Layout:
    """Goes through a document from its first statement to its last, and through each from left to right."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._text = statements.text
        self._page = Page()
        self._inline = InlineForms(self._text, [])
        # the offset behind the last token that was written
        self._at = 0
        self._indent = 0

    def document(self) -> str:
        after_brace = False
        for number in range(len(self._statements)):
            trees, comments = parse_statement(self._statements, number)
            self._inline = InlineForms(self._text, comments)
            for tree in trees:
                closing = isinstance(tree, GraphEnd)
                self._between(tree.start, after_brace=after_brace, before_brace=closing)
                if closing:
                    self._indent = 0
                    self._page.newline(0)
                self._statement(tree)
                self._at = tree.end
                after_brace = isinstance(tree, GraphStart)
                if after_brace:
                    self._indent = _STEP
        self._between(len(self._text), after_brace=after_brace, before_brace=True)
        return self._page.text()

    def _between(self, end: int, *, after_brace: bool, before_brace: bool) -> None:
        """Comments and empty lines in front of a statement."""
        page = self._page
        page.continuation = self._indent
        for comment in tokenize(self._text, self._at, end)[1]:
            lines = self._inline.lines(self._at, comment.start)
            own_line = lines > 0 or page.empty
            if own_line and not page.empty:
                page.newline(self._indent)
            if lines > 1 and not page.empty and not after_brace:
                page.blank_line()
            page.comment(self._text[comment.start : comment.end], own_line=own_line)
            self._at, after_brace = comment.end, False
        if page.empty:
            return
        if self._inline.lines(self._at, end) > 1 and not after_brace and not before_brace:
            page.blank_line()
        page.newline(self._indent)

    def _statement(self, tree: Statement) -> None:
        self._at = tree.start
        if not isinstance(tree, Triples):
            self._words(tree.start, tree.end, self._indent + _STEP)
            return
        line = self._on_one_line(tree)
        if line is not None:
            self._page.word(line)
            return
        inner = self._indent + _STEP
        self._page.continuation = inner
        self._node(tree.subject, self._indent)
        for number, used in enumerate(tree.properties):
            if number:
                self._page.word(";")
                self._line(used.predicate.start, inner)
            self._property(used, inner)
        self._full_stop(tree, inner)

    def _on_one_line(self, tree: Triples) -> str | None:
        """A statement on `[]`, if its author wrote it on one line and it is not too long for that."""
        subject = tree.subject
        if (
            not isinstance(subject, Brackets)
            or subject.properties
            or self._inline.lines(tree.start, tree.end)
        ):
            return None
        if self._text[tree.end - 1] != ".":
            return None
        used = self._inline.properties(tree.properties)
        line = f"[] {used} ."
        return None if used is None or self._indent + len(line) > ONE_LINE else line

    def _full_stop(self, tree: Triples, indent: int) -> None:
        if self._text[tree.end - 1] != ".":
            # left out in front of a brace; comments in front of a semicolon come behind the stop
            self._page.word(".")
            self._page.continuation = self._indent
            self._gap(tree.end)
            return
        comments = self._inline.comments(self._at, tree.end)
        if comments and (len(comments) > 1 or self._inline.lines(self._at, comments[0].start)):
            self._line(tree.end - 1, indent)
            self._page.word(".")
            return
        self._page.word(".")
        self._gap(tree.end)

    def _property(self, used: Property, indent: int) -> None:
        name = used.predicate
        self._word(name.start, self._text[name.start : name.end], name.end)
        self._page.continuation = indent + _STEP
        objects = used.objects
        if len(objects) == 1:
            self._node(objects[0], indent)
            return
        together = self._inline.objects(objects, name.end)
        if together is not None and self._fits(together, self._page.column):
            self._word(objects[0].start, together, objects[-1].end)
        elif self._are_blocks(objects, indent):
            self._blocks(objects, indent)
        else:
            self._node(objects[0], indent)
            for node in objects[1:]:
                self._page.word(",")
                self._line(node.start, indent + _STEP)
                self._node(node, indent + _STEP)

    def _are_blocks(self, objects: Sequence[Node], indent: int) -> bool:
        """Whether every object will be brackets of several lines, so that the next can follow the last."""
        return not self._inline.comments(self._at, objects[-1].end) and all(
            isinstance(node, Brackets | Collection)
            and self._is_broken(node, indent + _STEP if number else self._page.column)
            for number, node in enumerate(objects)
        )

    def _blocks(self, objects: Sequence[Node], indent: int) -> None:
        for number, node in enumerate(objects):
            if number:
                self._page.word(",")
            self._block(node, indent)

    def _node(self, node: Node, indent: int) -> None:
        """A term, on the current line if it fits or cannot be broken; `indent` is that of the line."""
        text = self._inline.node(node)
        if text is not None and not self._is_broken(node, self._page.column):
            self._word(node.start, text, node.end)
        else:
            self._block(node, indent)

    def _is_broken(self, node: Node, column: int) -> bool:
        """Whether a node has lines of its own when it begins at `column`."""
        text = self._inline.node(node)
        return text is None or (is_breakable(node) and not self._fits(text, column))

    def _fits(self, text: str, column: int) -> bool:
        # behind it come a space and a semicolon
        return column + len(f" {text} ;") <= WIDTH

    def _block(self, node: Node, indent: int) -> None:
        inner = indent + _STEP
        if isinstance(node, Brackets):
            self._word(node.start, "[", node.start + 1)
            for number, used in enumerate(node.properties):
                if number:
                    self._page.word(";")
                self._line(used.predicate.start, inner)
                self._property(used, inner)
            if node.semicolon:
                # it stays, because the order in which the engine gives the triples hangs on it
                self._page.word(";")
            self._close(node.end, indent)
        elif isinstance(node, Collection):
            self._word(node.start, "(", node.start + 1)
            for item in node.items:
                self._line(item.start, inner)
                self._node(item, inner)
            self._close(node.end, indent)
        else:
            self._words(node.start, node.end, inner)

    def _close(self, end: int, indent: int) -> None:
        self._page.continuation = indent + _STEP
        self._gap(end - 1)
        self._page.newline(indent)
        self._word(end - 1, self._text[end - 1 : end], end)

    def _line(self, offset: int, indent: int) -> None:
        """Begin a line for the token at `offset`, behind the comments in front of it."""
        self._page.continuation = indent
        self._gap(offset)
        self._page.newline(indent)

    def _word(self, start: int, text: str, end: int, *, space: bool = True) -> None:
        self._gap(start)
        self._page.word(text, space=space)
        self._at = end

    def _words(self, start: int, end: int, indent: int) -> None:
        """Tokens one by one with spaces between them: what has no layout of its own."""
        self._page.continuation = indent
        before = ""
        for token in tokenize(self._text, start, end)[0][:-1]:
            text = self._text[token.start : token.end]
            self._word(token.start, text, token.end, space=not is_tight(before, token.kind))
            before = token.kind

    def _gap(self, offset: int) -> None:
        """Write the comments between the last token and `offset`."""
        for comment in self._inline.comments(self._at, offset):
            own_line = self._inline.lines(self._at, comment.start) > 0
            self._page.comment(self._text[comment.start : comment.end], own_line=own_line)
            self._at = comment.end
