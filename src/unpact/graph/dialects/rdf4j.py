"""Eclipse RDF4J, and GraphDB, which is made of it: ORDER BY loses rows that lack a value to sort by.

Two rows that both have nothing for a key of ORDER BY count as equal there, whatever the keys behind it say,
and of rows that are equal one comes twice and the other never (RDF4J 4.0). So no key is left without a value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.query.cursor import ShapeError
from unpact.query.order import sort_keys
from unpact.query.parse import parse_query
from unpact.query.scope import queries_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.query.tokens import Token


def with_sort_values(text: str) -> str:
    """The same query, in which each key of ORDER BY has a value in each row; the order is the same as well.

    Args:
        text: of a query. One that is no SPARQL 1.1 comes back as it is.
    """
    try:
        keys = [key for query in queries_in(parse_query(text)) for key in sort_keys(query.order_by)]
    except ShapeError:
        return text
    # from the end, so that the places of the others stay
    for direction, part in sorted(keys, key=lambda key: -key[1][0].start):
        if part[0].upper != "COALESCE":
            text = _replaced(text, direction, part)
    return text


def _replaced(text: str, direction: str, part: Sequence[Token]) -> str:
    begin, end = part[0].start, part[-1].end
    code = text[begin:end]
    # what has no value comes before all that has one (SPARQL 1.1 Query, section 15.1)
    known = f"IF(BOUND({code}), 1, 0)" if part[0].kind == "var" else f"COALESCE(IF(ISIRI({code}), 1, 1), 0)"
    if not direction:
        return f'{text[:begin]}{known} COALESCE({code}, ""){text[end:]}'
    # the direction stands before the key already
    return f'{text[:begin]}({known}) {direction}(COALESCE({code}, "")){text[end:]}'
