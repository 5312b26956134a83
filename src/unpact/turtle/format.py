"""Gives Turtle and TriG one layout, and makes sure that nothing but the layout changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, RdfFormat, Triple, parse

from unpact.errors import DataSyntaxError, UnpactError
from unpact.turtle.layout import lay_out
from unpact.turtle.split import Statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad

    from unpact.finding import Term

#: The syntaxes that have a layout.
FORMATTED = {".ttl": RdfFormat.TURTLE, ".trig": RdfFormat.TRIG}
_BASE = "https://w3id.org/unpact/graph/"
_ENGINE_POSITION = re.compile(r"\AParser error (?:at line \d+|between line \d+)[^:]*: ")


def format_text(text: str, *, file: str, suffix: str = ".ttl") -> str:
    """The document in its layout; the comments, and the order of everything, are kept.

    Indentation is 4 spaces, a predicate has a line, lines end in ` ;` and ` .`, there is at most one empty
    line between statements, and a newline at the end. Strings are not touched.

    Args:
        text: Turtle or TriG.
        file: what error messages call it.
        suffix: `.ttl` or `.trig`.

    Raises:
        DataSyntaxError: when the document does not parse.
        UnpactError: when the layout would change a triple, which would be a mistake of ours.
    """
    # a byte order mark is no part of the text (RDF 1.1 Turtle, section 3)
    text = text.removeprefix("\ufeff")
    before = _read(text, file, suffix)
    formatted = lay_out(Statements(text, file=file, base=_BASE))
    if formatted != text and list(_numbered(before)) != list(_numbered(_read(formatted, file, suffix))):
        raise UnpactError(
            "the layout would change what this file says, so it stays as it is",
            where=file,
            hint="Please report this file.",
        )
    return formatted


def _read(text: str, file: str, suffix: str) -> list[Quad]:
    try:
        return list(parse(input=text.encode(), format=FORMATTED[suffix], base_iri=_BASE))
    except SyntaxError as error:
        problem = _ENGINE_POSITION.sub("", error.msg or str(error))
        raise DataSyntaxError(
            problem[:1].lower() + problem[1:],
            path=file,
            line=error.lineno or None,
            column=error.offset or None,
            hint="Correct the line and try again.",
        ) from None


def _numbered(quads: list[Quad]) -> Iterator[tuple[object, ...]]:
    """The quads with the blank nodes numbered by first appearance, so that two readings can be compared."""
    names: dict[str, int] = {}

    def numbered(term: Term) -> object:
        if isinstance(term, BlankNode):
            return names.setdefault(term.value, len(names))
        if isinstance(term, Triple):
            return numbered(term.subject), term.predicate, numbered(term.object)
        return term

    for quad in quads:
        graph = quad.graph_name
        yield (
            numbered(quad.subject),
            quad.predicate,
            numbered(quad.object),
            numbered(graph) if isinstance(graph, BlankNode) else graph,
        )
