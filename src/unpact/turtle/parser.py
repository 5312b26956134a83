"""Parses one statement of Turtle, TriG, N-Triples or N-Quads into a tree (RDF 1.1 Turtle, section 6.5).

Valid text is read as the engine reads it. What is not valid ends in an error or in a tree, but always ends:
whoever has to be sure asks the engine first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.turtle.nodes import (
    Annotated,
    Annotation,
    Brackets,
    Collection,
    Directive,
    GraphEnd,
    GraphStart,
    Name,
    Property,
    Quoted,
    Reifier,
    String,
    Triples,
)
from unpact.turtle.tokens import Token, tokenize

if TYPE_CHECKING:
    from collections.abc import Callable

    from unpact.turtle.nodes import Node, Statement
    from unpact.turtle.split import Statements

#: Deeper nesting is refused: nobody writes it, and the interpreter's stack has an end.
DEEPEST = 80

_IRIS = frozenset({"iri", "prefixed"})
_NAMES = frozenset({"iri", "prefixed", "label", "integer", "decimal", "double", "true", "false"})
_DIRECTIVES = frozenset({"prefix", "base", "version"})
_WORDS = {"string": "a string", "at": "a tag", "end": "the end of the statement"}


def parse_statement(statements: Statements, number: int) -> tuple[list[Statement], list[Token]]:
    """The tree of a statement, with its comments.

    There are two trees where a brace of TriG ends the last statement of a graph.

    Raises:
        DataSyntaxError: for what is no statement.
    """
    parser = _Parser(statements, statements.starts[number], statements.end(number))
    return parser.statements(), parser.comments


class _Parser:
    """Descends from the statement to its terms, one token ahead."""

    def __init__(self, statements: Statements, start: int, end: int) -> None:
        self._source = statements
        self._tokens, self.comments = tokenize(statements.text, start, end)
        self._at = 0
        self._depth = 0

    def statements(self) -> list[Statement]:
        first, last = self._tokens[0], self._tokens[-2:][0]
        if first.kind.lower() in _DIRECTIVES or (first.kind == "at" and last.kind == "."):
            return [Directive(first.start, last.end)]
        if last.kind == "{":
            if self._skips_to_brace():
                return [GraphStart(first.start, last.end)]
            raise self._unexpected(last)
        if first.kind == "}":
            return [GraphEnd(first.start, first.end)]
        triples = self._triples()
        closing = self._token
        if closing.kind == "}":
            return [triples, GraphEnd(closing.start, closing.end)]
        if closing.kind != ".":
            raise self._unexpected(closing)
        return [triples._replace(end=closing.end)]

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _next(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _expect(self, kind: str) -> Token:
        token = self._next()
        if token.kind != kind:
            raise self._unexpected(token)
        return token

    def _unexpected(self, token: Token) -> Exception:
        found = _WORDS.get(token.kind) or f"{self._source.text[token.start : token.end]!r}"
        return self._source.error(f"{found} cannot stand here", token.start)

    def _skips_to_brace(self) -> bool:
        """Whether all in front of the brace is a label of a graph, or nothing."""
        kinds = [token.kind for token in self._tokens[:-2]]
        if kinds and kinds[0].lower() == "graph":
            kinds = kinds[1:]
            return len(kinds) == 1 or kinds == ["[", "]"]
        return not kinds or kinds == ["[", "]"] or (len(kinds) == 1 and kinds[0] in (*_IRIS, "label"))

    def _triples(self) -> Triples:
        subject = self._node(_IRIS | {"label"})
        alone = self._token.kind in (".", "}") and isinstance(subject, Brackets | Quoted)
        properties = () if alone else self._properties((".", "}"))
        graph = None
        if self._token.kind in ("iri", "label"):
            graph = self._node(_NAMES)
        return Triples(subject.start, self._tokens[self._at - 1].end, subject, properties, graph)

    def _properties(self, closing: tuple[str, ...]) -> tuple[Property, ...]:
        found: list[Property] = []
        while True:
            token = self._next()
            if token.kind not in _IRIS and token.kind != "a":
                raise self._unexpected(token)
            found.append(Property(Name(token.start, token.end, token.kind), self._objects()))
            if self._token.kind != ";":
                return tuple(found)
            while self._token.kind == ";":
                self._next()
            if self._token.kind in closing:
                return tuple(found)

    def _objects(self) -> tuple[Node, ...]:
        found = [self._object()]
        while self._token.kind == ",":
            self._next()
            found.append(self._object())
        return tuple(found)

    def _object(self) -> Node:
        node = self._node(_NAMES)
        annotations: list[Reifier | Annotation] = []
        while self._token.kind in ("~", "{|"):
            annotations.append(self._reifier() if self._token.kind == "~" else self._annotation())
        if not annotations:
            return node
        return Annotated(node.start, annotations[-1].end, node, tuple(annotations))

    def _node(self, names: frozenset[str]) -> Node:
        token = self._next()
        kind = token.kind
        if kind in names:
            return Name(token.start, token.end, kind)
        if kind == "string":
            # where no literal may stand, the engine has said so
            return self._string(token)
        readers: dict[str, Callable[[Token], Node]] = {
            "[": self._brackets,
            "(": self._collection,
            "<<": self._quoted,
            "<<(": self._quoted,
        }
        reader = readers.get(kind)
        if reader is None:
            raise self._unexpected(token)
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._source.error(f"brackets are nested more than {DEEPEST} deep", token.start)
        node = reader(token)
        self._depth -= 1
        return node

    def _string(self, token: Token) -> String:
        suffix = self._token
        if suffix.kind == "at":
            self._next()
            return String(token.start, suffix.end, token.end, suffix.start, None, self._token.start)
        if suffix.kind == "^^":
            self._next()
            name = self._next()
            if name.kind not in _IRIS:
                raise self._unexpected(name)
            datatype = Name(name.start, name.end, name.kind)
            return String(token.start, name.end, token.end, None, datatype, self._token.start)
        return String(token.start, token.end, token.end, None, None, suffix.start)

    def _brackets(self, opening: Token) -> Brackets:
        properties = () if self._token.kind == "]" else self._properties(("]",))
        semicolon = self._tokens[self._at - 1].kind == ";"
        return Brackets(opening.start, self._expect("]").end, properties, semicolon)

    def _collection(self, opening: Token) -> Collection:
        items: list[Node] = []
        while self._token.kind != ")":
            items.append(self._node(_NAMES))
        return Collection(opening.start, self._next().end, tuple(items))

    def _quoted(self, opening: Token) -> Quoted:
        reified = opening.kind == "<<"
        subject = self._node(_NAMES)
        predicate = self._next()
        if predicate.kind not in _IRIS and predicate.kind != "a":
            raise self._unexpected(predicate)
        value = self._node(_NAMES)
        reifier = self._reifier() if reified and self._token.kind == "~" else None
        closing = self._expect(">>" if reified else ")>>")
        name = Name(predicate.start, predicate.end, predicate.kind)
        return Quoted(opening.start, closing.end, subject, name, value, reified, reifier)

    def _reifier(self) -> Reifier:
        mark = self._next()
        if self._token.kind in _IRIS or self._token.kind == "label":
            name: Node | None = self._node(_IRIS | {"label"})
        else:
            name = self._brackets(self._next()) if self._token.kind == "[" else None
        return Reifier(mark.start, mark.end if name is None else name.end, name, self._token.start)

    def _annotation(self) -> Annotation:
        opening = self._next()
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._source.error(f"brackets are nested more than {DEEPEST} deep", opening.start)
        properties = () if self._token.kind == "|}" else self._properties(("|}",))
        self._depth -= 1
        return Annotation(opening.start, self._expect("|}").end, properties)
