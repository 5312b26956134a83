"""Does ORDER BY settle the order of the rows, on every engine?

Two rows that differ but tie, and values that SPARQL does not compare (a year with a month, texts of two
languages), come in whatever order an engine likes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unpact.names import RDF, XSD, compact
from unpact.query.algebra import text_of
from unpact.query.parse import parse_query

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.graph.interface import Graph
    from unpact.query.tokens import Token

_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double", "float"))


def order_problem(graph: Graph, text: str) -> str | None:
    """What leaves the order of the rows of the bound SELECT query `text` open; None when nothing does."""
    query = parse_query(text)
    if not query.order_by:
        return "ORDER BY is missing, so the rows come in any order"
    # the engine does not let one computed column refer to another in a grouped query, so its expression is
    # put in
    computed: dict[str, str] = {}
    for column in query.columns or ():
        if column.expression is not None:
            computed[column.variable] = f"({text_of(column.expression, computed)})"
    keys = [part for _, part in sort_keys(query.order_by)]
    names = [f"order__{index}" for index in range(len(keys))]
    extra = " ".join(f"({text_of(key, computed)} AS ?{name})" for key, name in zip(keys, names, strict=True))
    offset = _end_of_columns(query.tokens)
    rows = list(graph.select(f"{text[:offset]} {extra} {text[offset:]}"))
    width = len(keys)
    for index, key in enumerate(map(text_of, keys)):
        found = {_kind(row[len(row) - width + index]) for row in rows}
        if "" in found and len(keys[index]) > 1:
            # an unbound variable has its place in the order, an expression that fails has none
            return f'ORDER BY {key} has no value in some rows; write COALESCE({key}, "")'
        kinds = sorted(found - {""})
        if "a blank node" in kinds:
            return f"ORDER BY {key} sorts blank nodes, which have no order"
        literals = [kind for kind in kinds if kind != "an IRI"]
        if len(literals) > 1 or compact(RDF + "langString") in literals:
            order = f"ORDER BY {key} compares values that have no common order"
            return f"{order} ({', '.join(kinds)}); write STR({key})"
    seen: dict[tuple[object, ...], tuple[object, ...]] = {}
    for row in rows:
        shown, key_values = tuple(row[:-width]), tuple(row[-width:])
        if seen.setdefault(key_values, shown) != shown:
            return "ORDER BY leaves some rows in a tie; add the columns that tell them apart"
    return None


def sort_keys(order_by: Sequence[Token]) -> list[tuple[str, Sequence[Token]]]:
    """The direction (`ASC`, `DESC` or nothing) and the expression of each key.

    Args:
        order_by: what stands behind ORDER BY.
    """
    keys: list[tuple[str, Sequence[Token]]] = []
    depth = 0
    start = 0
    for index, token in enumerate(order_by):
        depth += (token.text == "(") - (token.text == ")")
        following = order_by[index + 1].text if index + 1 < len(order_by) else ""
        if depth == 0 and not (following == "(" and token.kind in ("word", "iri", "pname")):
            part = order_by[start : index + 1]
            start = index + 1
            direction = part[0].upper if part[0].upper in ("ASC", "DESC") else ""
            keys.append((direction, part[1:] if direction else part))
    return keys


def _end_of_columns(tokens: Sequence[Token]) -> int:
    depth = 0
    for token in tokens:
        depth += (token.text == "(") - (token.text == ")")
        if depth == 0 and (token.text == "{" or token.upper in ("FROM", "WHERE")):
            return token.start
    return tokens[-1].end


def _kind(term: NamedNode | BlankNode | Literal | Triple | None) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return "an IRI"
    if isinstance(term, Literal):
        datatype = term.datatype.value
        return "a number" if datatype in _NUMBERS else compact(datatype)
    return "a blank node"
