"""Comma and tab separated values: RFC 4180, and the SPARQL 1.1 Query Results CSV and TSV Formats."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, TextIO

from pyoxigraph import BlankNode, Literal, NamedNode

if TYPE_CHECKING:
    from unpact.render.rows import Cell, Labeller, Tabular


def write_csv(result: Tabular, stream: TextIO, _labels: Labeller) -> None:
    """Write a header and one record a row, lines ended by CR LF; IRIs and literals bare, quoted where RFC
    4180 asks.
    """
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(result.variables)
    # A record of one empty field would be an empty line, which readers skip; csv writes it as "" by itself.
    writer.writerows([_bare(cell) for cell in row] for row in result.rows)


def write_tsv(result: Tabular, stream: TextIO, _labels: Labeller) -> None:
    """Write a header of ``?name`` and one line a row, each term in the syntax of SPARQL."""
    stream.write("\t".join(f"?{name}" for name in result.variables) + "\n")
    stream.writelines("\t".join(_encoded(cell) for cell in row) + "\n" for row in result.rows)


def _bare(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return " ".join(thing.value for thing in cell)
    if isinstance(cell, NamedNode | Literal):
        return cell.value
    return str(cell)


def _encoded(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return str(Literal(" ".join(thing.value for thing in cell)))
    if isinstance(cell, NamedNode | BlankNode):
        return str(cell)
    return str(cell).replace("\t", "\\t")
