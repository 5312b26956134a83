"""Tables: one for each class, one row for each thing, one column for each property; with a Data Package."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from unpact.export.content import select
from unpact.export.nodes import LABEL, TYPE
from unpact.export.short import short_names
from unpact.export.things import joined, plain
from unpact.names import XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from unpact.export.nodes import Value
    from unpact.export.things import Thing, Things
    from unpact.graph.interface import Graph

#: The file that describes the tables.
DESCRIPTION = "datapackage.json"
# the types of Table Schema for those of XML Schema; every other value is a string
_TYPES = {
    XSD + "date": "date",
    XSD + "dateTime": "datetime",
    XSD + "gYear": "year",
    XSD + "gYearMonth": "yearmonth",
    XSD + "integer": "integer",
    XSD + "decimal": "number",
    XSD + "double": "number",
    XSD + "boolean": "boolean",
}
_WITHOUT_CLASS = "Other"


class Column(NamedTuple):
    """The values of a property, or those in one language.

    Args:
        used: the property.
        language: of the values; empty for those in the language of the export, or in none.
    """

    used: NamedNode
    language: str


class Table(NamedTuple):
    """The things of one class.

    Args:
        name: of the file, without its suffix.
        kind: the class; None for things without one.
        columns: the names of all but `id` and `label`, sorted.
        rows: by thing, in the order of their IRIs.
    """

    name: str
    kind: NamedNode | None
    columns: Mapping[str, Column]
    rows: Sequence[tuple[Thing, Mapping[Column, list[Value]]]]


def tables_of(things: Things) -> list[Table]:
    """A table for each class that is the narrowest of any thing; a thing with two of them is in both."""
    by_kind: dict[NamedNode | None, list[Thing]] = {}
    for thing in things.every():
        for kind in thing.kinds or (None,):
            by_kind.setdefault(kind, []).append(thing)
    names = short_names((kind.value for kind in by_kind if kind is not None), taken=[_WITHOUT_CLASS])
    found = []
    for kind, members in by_kind.items():
        name = _WITHOUT_CLASS if kind is None else names[kind.value]
        rows = [(thing, _cells(thing, things.language)) for thing in members]
        found.append(Table(_file_name(name), kind, _columns(cells for _, cells in rows), rows))
    return sorted(found, key=lambda table: table.name)


def write_tables(things: Things, graph: Graph, folder: Path, about: Mapping[str, object]) -> None:
    """Write `<class>.csv` for each class (RFC 4180, UTF-8), and `datapackage.json` (Data Package).

    IRIs are whole; several values of one cell are put together as `joined` does it. A text in another
    language than that of the export has a column of its own, such as `altLabel@fr`.

    Args:
        things: what is written.
        graph: where definitions are looked up.
        folder: there, and empty.
        about: what the description says of the whole: name, title, licences.
    """
    tables = tables_of(things)
    for table in tables:
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\r\n")
            writer.writerow(["id", "label", *table.columns])
            for thing, cells in table.rows:
                values = (
                    joined(cells[column]) if column in cells else "" for column in table.columns.values()
                )
                writer.writerow([plain(thing.node), thing.name, *values])
    package = {**about, "resources": list(_resources(tables, things, graph))}
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (folder / DESCRIPTION).write_text(text, encoding="utf-8", newline="\n")


def _cells(thing: Thing, language: str) -> dict[Column, list[Value]]:
    """The values of a row; the class is that of the table, and the name is in its own column."""
    found: dict[Column, list[Value]] = {}
    for used, values in thing.said.items():
        for value in values if used != TYPE else ():
            if used == LABEL and plain(value) == thing.name:
                continue
            tag = (value.language if isinstance(value, Literal) else None) or ""
            found.setdefault(Column(used, "" if tag == language else tag), []).append(value)
    return found


def _columns(rows: Iterable[Mapping[Column, object]]) -> dict[str, Column]:
    columns = {column for cells in rows for column in cells}
    names = short_names((column.used.value for column in columns), taken=["id", "label"])
    return dict(sorted((_column_name(column, names[column.used.value]), column) for column in columns))


def _column_name(column: Column, name: str) -> str:
    if not column.language:
        return name
    # `label` itself is what a thing is called, whichever of its labels that is
    return f"{'label' if column.used == LABEL else name}@{column.language}"


def _file_name(name: str) -> str:
    # a class whose short name is taken is called by its CURIE or its IRI
    return "".join(character if character.isalnum() or character in "._-" else "-" for character in name)


def _resources(tables: Sequence[Table], things: Things, graph: Graph) -> Iterator[dict[str, object]]:
    terms = {column.used for table in tables for column in table.columns.values()}
    terms |= {table.kind for table in tables if table.kind is not None}
    definitions: dict[object, str] = (
        {
            term: meaning.value
            for term, meaning in select(graph, "definitions", terms=sorted(terms, key=str))
            if isinstance(meaning, Literal)
        }
        if terms
        else {}
    )
    things.load_labels(terms)
    for table in tables:
        described = {} if table.kind is None else _described(table.kind, things, definitions)
        yield {
            "name": table.name.lower(),
            "path": f"{table.name}.csv",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            **described,
            "schema": {
                "fields": [
                    {"name": "id", "type": "string", "description": "the IRI of the thing"},
                    {"name": "label", "type": "string", "description": "what it is called"},
                    *(
                        _field(name, column, table, things, definitions)
                        for name, column in table.columns.items()
                    ),
                ],
                "primaryKey": ["id"],
            },
        }


def _field(
    name: str, column: Column, table: Table, things: Things, definitions: Mapping[object, str]
) -> dict[str, object]:
    cells = [said[column] for _, said in table.rows if column in said]
    types = {
        _TYPES.get(value.datatype.value, "string") if isinstance(value, Literal) else "string"
        for values in cells
        for value in values
    }
    (kind,) = types if len(types) == 1 else ("string",)
    typed: dict[str, object] = {"type": kind}
    if any(len(values) > 1 for values in cells):
        typed = {"type": "list", "delimiter": "|", "itemType": kind}
    return {"name": name, **typed, **_described(column.used, things, definitions)}


def _described(term: NamedNode, things: Things, definitions: Mapping[object, str]) -> dict[str, object]:
    found: dict[str, object] = {"title": things.label(term)}
    if term in definitions:
        found["description"] = definitions[term]
    return {**found, "rdfType": term.value}
