"""How many triples a service keeps that stores equal values once, however they were written.

Virtuoso stores numbers and booleans by their value: "1", "01" and "1.0" of whatever numeric datatype, and
true, are one object; so are language tags in capital and small letters.
"""

from __future__ import annotations

from decimal import Context, Decimal, InvalidOperation
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from unpact.load.remote.distinct_lines import DistinctLines
from unpact.load.remote.ntriples import triples_of
from unpact.names import XSD

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from unpact.graph.interface import Term
    from unpact.load.remote.graph_text import GraphText

_NUMERIC = frozenset(
    XSD + name
    for name in (
        *(
            "integer",
            "decimal",
            "double",
            "float",
            "long",
            "int",
            "short",
            "byte",
            "unsignedLong",
            "unsignedInt",
        ),
        *("unsignedShort", "unsignedByte", "positiveInteger", "nonNegativeInteger", "negativeInteger"),
        "nonPositiveInteger",
    )
)
_TRUTH = {"true": "1", "1": "1", "false": "0", "0": "0"}


def kept(text: GraphText) -> int:
    """How many triples of a graph differ by value, in one pass that keeps none of them."""
    different = DistinctLines()
    try:
        for part in text.written():
            different.add("".join(map(_by_value, triples_of(part))).encode())
        different.end()
        return different.number
    finally:
        different.close()


def _by_value(triple: Triple) -> str:
    return f"{triple.subject} {triple.predicate} {_value(triple.object)}\n"


def _value(term: Term) -> str:
    """What a term is stored as: for most literals, and for all other terms, what is written."""
    if not isinstance(term, Literal):
        return str(term)
    if term.language is not None:
        return f"{Literal(term.value)}@{term.language.lower()}"
    if term.datatype.value == XSD + "boolean":
        return _TRUTH.get(term.value, str(term))
    if term.datatype.value in _NUMERIC:
        try:
            return _number(Decimal(term.value))
        except InvalidOperation:
            pass
    return str(term)


def _number(value: Decimal) -> str:
    """The same for all ways to write a number."""
    if not value:
        return "0"
    # with all digits, and none that says nothing
    return str(value.normalize(Context(prec=max(1, len(value.as_tuple().digits)))))
