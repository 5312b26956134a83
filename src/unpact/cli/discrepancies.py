"""``unpact discrepancies``: where the public record and the article differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from unpact.cli.answer import announce_empty, answer_rows
from unpact.cli.opening import open_catalogue, open_graph
from unpact.cli.options import GraphOptions, OutputOptions, graph_options, output_options
from unpact.cli.output import opened
from unpact.cli.running import supervised
from unpact.render.rows import FORMATS, Rows

if TYPE_CHECKING:
    from unpact.graph.interface import Graph
    from unpact.query.result import Result

_FOR_PEOPLE = ("table", "md")


@click.command(
    "discrepancies", epilog="Examples: unpact discrepancies --kind error; unpact discrepancies --about UNODC"
)
@click.option("--kind", metavar="KIND", help="Only this kind: error, superseded, imprecise or ambiguous.")
@click.option("--about", metavar="THING", help="Only what is said of this thing.")
@output_options((*FORMATS,))
@graph_options
def command(kind: str | None, about: str | None, source: GraphOptions, output: OutputOptions) -> None:
    """List where the public record and the article differ.

    Each has what either says, the sentence and the source, how sure the maintainers are, and why they differ.
    What is an error is left out of all other answers; of the rest both sides are shown, with a note. Tables
    have one row for each discrepancy, the other formats the rows of the stored query of the same name.
    """
    from unpact.query.run import run

    graph = open_graph(source)
    query = open_catalogue().find("evidence/discrepancies")
    given = {name: value for name, value in (("kind", kind), ("about", about)) if value is not None}
    result = supervised(lambda: run(graph, query, given), doing="asking")
    if output.format == "ttl":
        _answer_turtle(graph, result, output)
    elif output.format in _FOR_PEOPLE:
        answer_rows(_one_row_each(graph, result, output.lang), output, graph)
    else:
        answer_rows(result, output, graph)


def _one_row_each(graph: Graph, result: Result, language: str) -> Rows:
    """The rows of one discrepancy as one: the different values of a column stand side by side."""
    from pyoxigraph import Literal

    from unpact.render.labels import Labels, things_in
    from unpact.render.rows import words

    labels = Labels(graph, language)
    labels.load(things_in(result))
    merged: dict[object, list[dict[str, None]]] = {}
    for row in result.rows:
        columns = merged.setdefault(row[0], [{} for _ in row])
        for column, cell in zip(columns, row, strict=True):
            column[words(cell, labels)] = None
    rows = [[Literal("; ".join(column)) for column in columns] for columns in merged.values()]
    return Rows(result.variables, rows)


def _answer_turtle(graph: Graph, result: Result, output: OutputOptions) -> None:
    from pyoxigraph import NamedNode, Triple

    from unpact.describe.facts import outgoing
    from unpact.names import PREFIXES
    from unpact.render.turtle import write_ttl

    nodes = [row[0] for row in result.rows if isinstance(row[0], NamedNode)]
    facts = supervised(lambda: [fact for fact in outgoing(graph, nodes) if not fact.inferred])
    with opened(output.output) as stream:
        write_ttl((Triple(fact.subject, fact.property, fact.value) for fact in facts), stream, PREFIXES)
    announce_empty(output, empty=not nodes)
