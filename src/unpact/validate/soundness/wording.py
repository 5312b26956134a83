"""Shapes and terms as the people who write shapes know them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from unpact.errors import ShapesError
from unpact.names import XSD, compact
from unpact.shacl.nesting import named_around
from unpact.shacl.paths import read_path
from unpact.shacl.shapes import sh

if TYPE_CHECKING:
    from unpact.shacl.shapes import ShapesGraph
    from unpact.shacl.triples import Term

_LONGEST = 60
_TERM = re.compile(r"<([^<>\s]+)>|_:(\w+)")


def word(term: Term) -> str:
    """A term: a CURIE if one of our prefixes fits, a literal in quotation marks, `[…]` for a blank node."""
    if isinstance(term, NamedNode):
        short = compact(term.value)
        return f"<{short}>" if short == term.value else short
    if isinstance(term, Literal):
        text = term.value if len(term.value) <= _LONGEST else f"{term.value[:_LONGEST]}…"
        if term.language:
            return f'"{text}"@{term.language}'
        plain = term.datatype.value == XSD + "string"
        return f'"{text}"' if plain else f'"{text}"^^{word(term.datatype)}'
    return "[…]"


def shape_in_words(shapes: ShapesGraph, node: Term) -> str:
    """A shape by its name, or by its path and the named shape around it."""
    if not isinstance(node, BlankNode):
        return word(node)
    around = named_around(shapes.triples, node)
    inside = f" in {word(around)}" if around is not None else ""
    path = _path_in_words(shapes, node)
    return f"the shape of {path}{inside}" if path else f"a shape{inside or ' without a name'}"


def in_words(shapes: ShapesGraph, text: str) -> str:
    """A message with the IRIs and blank nodes in it written for people."""

    def shown(match: re.Match[str]) -> str:
        if match[1]:
            return word(NamedNode(match[1]))
        return shape_in_words(shapes, BlankNode(match[2]))

    return _TERM.sub(shown, text)


def _path_in_words(shapes: ShapesGraph, node: Term) -> str:
    paths = shapes.triples.objects(node, sh("path"))
    try:
        return read_path(shapes.triples, paths[0]).words if len(paths) == 1 else ""
    except ShapesError:
        return ""
