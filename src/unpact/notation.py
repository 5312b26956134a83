"""Terms and triples as one writes them in Turtle, for messages and answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from unpact.names import RDF, XSD, compact

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import BlankNode, Triple

_TYPE = RDF + "type"
# what Turtle reads as a literal of the datatype without quotation marks; "7"^^xsd:decimal is none of these
_BARE = {"integer": r"[+-]?[0-9]+", "decimal": r"[+-]?[0-9]*\.[0-9]+", "boolean": "true|false"}


def words(term: NamedNode | BlankNode | Literal | Triple | None, *, bare: bool = True) -> str:
    """A term as one writes it in Turtle with our prefixes.

    Args:
        term: any term.
        bare: whether numbers and truth values go without quotation marks and datatype.
    """
    if isinstance(term, NamedNode):
        short = compact(term.value)
        return short if short != term.value else f"<{term.value}>"
    if isinstance(term, Literal) and term.language is None:
        kind = term.datatype.value.removeprefix(XSD)
        if bare and kind in _BARE and re.fullmatch(_BARE[kind], term.value):
            return term.value
        # as pyoxigraph writes it, quotation marks and ends of lines are escaped
        quoted = str(Literal(term.value))
        return quoted if kind == "string" else f"{quoted}^^{words(term.datatype)}"
    return str(term)


def typed_words(term: NamedNode | BlankNode | Literal | Triple) -> str:
    """The same with the datatype of every literal, as an answer gives it."""
    return words(term, bare=False)


def statement(
    triple: Triple, write: Callable[[NamedNode | BlankNode | Literal | Triple], str] = typed_words
) -> str:
    """A triple on one line.

    Args:
        triple: what it says.
        write: writes a subject or an object.
    """
    used = "a" if triple.predicate.value == _TYPE else words(triple.predicate)
    return f"{write(triple.subject)} {used} {write(triple.object)}"
