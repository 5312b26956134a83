"""SPARQL 1.1 Query Results JSON, and JSON Lines with plain values."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.render.notes import Note
    from unpact.render.rows import Cell, Labeller, Tabular, Term

_XSD = "http://www.w3.org/2001/XMLSchema#"
_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
# The datatypes whose every value JSON can carry without loss; xsd:double has INF and NaN, xsd:decimal has no
# limit.
_WHOLE = frozenset(
    _XSD + name for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")
)

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


def write_json(result: Tabular, stream: TextIO, _labels: Labeller, notes: Sequence[Note] = ()) -> None:
    """Write the W3C format, media type application/sparql-results+json; unbound variables are left out of a
    row.

    Notes are a member of their own beside `head` and `results`, which readers of the W3C format pass over. It
    stands before the rows, because readers that take them one by one, such as Oxigraph's, end with them.
    """
    head = json.dumps({"vars": list(result.variables)}, ensure_ascii=False)
    stream.write(f'{{"head": {head},\n ')
    if notes:
        stream.write(f'"notes": {json.dumps([note.as_json() for note in notes], ensure_ascii=False)},\n ')
    stream.write('"results": {"bindings": [')
    separator = "\n  "
    for row in result.rows:
        binding = {
            name: typed(cell) for name, cell in zip(result.variables, row, strict=True) if cell is not None
        }
        stream.write(separator + json.dumps(binding, ensure_ascii=False))
        separator = ",\n  "
    stream.write("]}}\n")


def write_json_boolean(stream: TextIO, *, answer: bool) -> None:
    """Write the answer of an ASK query in the W3C format."""
    stream.write(json.dumps({"head": {}, "boolean": answer}) + "\n")


def write_jsonl(result: Tabular, stream: TextIO, _labels: Labeller) -> None:
    """Write one JSON object a row: IRIs and dates as strings, whole numbers and booleans as such, null where
    unbound.
    """
    for row in result.rows:
        values = {name: plain(cell) for name, cell in zip(result.variables, row, strict=True)}
        stream.write(json.dumps(values, ensure_ascii=False) + "\n")


def typed(cell: Term | tuple[NamedNode, ...]) -> Json:
    """A term as SPARQL 1.1 Query Results JSON writes it (section 3.2.2)."""
    if isinstance(cell, tuple):
        return {"type": "literal", "value": " ".join(thing.value for thing in cell)}
    if isinstance(cell, NamedNode):
        return {"type": "uri", "value": cell.value}
    if isinstance(cell, BlankNode):
        return {"type": "bnode", "value": cell.value}
    if isinstance(cell, Triple):
        parts = {"subject": cell.subject, "predicate": cell.predicate, "object": cell.object}
        return {"type": "triple", "value": {name: typed(part) for name, part in parts.items()}}
    found: dict[str, Json] = {"type": "literal", "value": cell.value}
    if cell.language:
        found["xml:lang"] = cell.language
    elif cell.datatype.value not in (_XSD + "string", _LANG_STRING):
        found["datatype"] = cell.datatype.value
    return found


def plain(cell: Cell) -> Json:
    """A term as a bare value: whole numbers and booleans as such, everything else as text."""
    if cell is None:
        return None
    if isinstance(cell, tuple):
        return [thing.value for thing in cell]
    if isinstance(cell, Literal):
        datatype = cell.datatype.value
        if datatype in _WHOLE:
            return _whole(cell.value)
        if datatype == _XSD + "boolean":
            return cell.value in ("true", "1")
        return cell.value
    return cell.value if isinstance(cell, NamedNode) else str(cell)


def _whole(text: str) -> Json:
    try:
        return int(text)
    except ValueError:
        return text
