"""How many triples a service keeps that stores equal values once, however they were written.

Virtuoso stores numbers and booleans by their value: "1", "01" and "1.0" of whatever numeric datatype, and
true, are one object; so are language tags in capital and small letters.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from unpact.names import XSD

if TYPE_CHECKING:
    from pyoxigraph import Store

    from unpact.graph.interface import Term

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
_TRUTH = {"true": Decimal(1), "1": Decimal(1), "false": Decimal(0), "0": Decimal(0)}


def kept(store: Store, graph: str) -> int:
    """How many triples of a graph differ by value, in one pass that keeps none of them."""
    count = 0
    name = NamedNode(graph)
    for quad in store.quads_for_pattern(None, None, None, name):
        value = _value(quad.object)
        if value is None:
            count += 1
            continue
        rivals = store.quads_for_pattern(quad.subject, quad.predicate, None, name)
        # of equal ones, the first in the order of their text counts
        count += str(quad.object) == min(str(each.object) for each in rivals if _value(each.object) == value)
    return count


def _value(term: Term) -> object | None:
    """What a literal is stored by, if not by its text."""
    if not isinstance(term, Literal):
        return None
    if term.language is not None:
        return term.value, term.language.lower()
    if term.datatype.value == XSD + "boolean":
        return _TRUTH.get(term.value)
    if term.datatype.value in _NUMERIC:
        try:
            return Decimal(term.value)
        except InvalidOperation:
            return None
    return None
