"""The nodes of the concrete syntax tree: each is a stretch of the text, from `start` to `end`."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias


class Name(NamedTuple):
    """A term of one token that is no string.

    Args:
        start: the offset of its first character.
        end: the offset just behind its last.
        kind: iri, prefixed, label, integer, decimal or double; `a`, `true` and `false` are their own kinds.
    """

    start: int
    end: int
    kind: str


class String(NamedTuple):
    """A quoted literal.

    Args:
        start: the offset of the opening quotation mark.
        end: the offset behind the literal, with its language tag or its datatype.
        quoted: the offset behind the closing quotation mark.
        language: where the tag begins, at its `@`.
        datatype: the name of the datatype.
        following: where the token behind the literal begins.
    """

    start: int
    end: int
    quoted: int
    language: int | None
    datatype: Name | None
    following: int


class Brackets(NamedTuple):
    """A blank node in square brackets, with the properties written in them.

    Args:
        start: the offset of the opening bracket.
        end: the offset behind the closing one.
        properties: none in `[]`.
        semicolon: whether the last property is followed by one.
    """

    start: int
    end: int
    properties: tuple[Property, ...]
    semicolon: bool


class Collection(NamedTuple):
    """A list in parentheses."""

    start: int
    end: int
    items: tuple[Node, ...]


class Quoted(NamedTuple):
    """A triple as a term: `<<( s p o )>>`, or `<< s p o >>`, which names its reifier (RDF 1.2)."""

    start: int
    end: int
    subject: Node
    predicate: Name
    object: Node
    reified: bool
    reifier: Reifier | None


class Reifier(NamedTuple):
    """`~` with or without the name of a reifier (RDF 1.2); `following` is where the next token begins."""

    start: int
    end: int
    name: Node | None
    following: int


class Annotation(NamedTuple):
    """`{| ... |}`: what is said about the triple in front of it (RDF 1.2)."""

    start: int
    end: int
    properties: tuple[Property, ...]


class Annotated(NamedTuple):
    """An object whose triple has reifiers or annotations behind it (RDF 1.2)."""

    start: int
    end: int
    node: Node
    annotations: tuple[Reifier | Annotation, ...]


Node: TypeAlias = Name | String | Brackets | Collection | Quoted | Annotated


class Property(NamedTuple):
    """A predicate with its objects."""

    predicate: Name
    objects: tuple[Node, ...]


class Triples(NamedTuple):
    """A statement with a subject.

    Args:
        start: the offset of the subject.
        end: the offset behind the full stop, or behind the last object where a brace closes the statement.
        subject: what it is about.
        properties: empty only where brackets, or a reified triple, are the whole statement.
        graph: the fourth term of N-Quads.
    """

    start: int
    end: int
    subject: Node
    properties: tuple[Property, ...]
    graph: Node | None


class Directive(NamedTuple):
    """`@prefix`, `@base` or `@version`, or their forms without `@`."""

    start: int
    end: int


class GraphStart(NamedTuple):
    """What opens a graph in TriG: its label, if any, behind the word GRAPH, if it is there, and a brace."""

    start: int
    end: int


class GraphEnd(NamedTuple):
    """The brace that closes a graph in TriG."""

    start: int
    end: int


Statement: TypeAlias = Triples | Directive | GraphStart | GraphEnd
