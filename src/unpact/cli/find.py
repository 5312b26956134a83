"""``unpact find``: from a few letters to the things they may mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from pyoxigraph import Literal, NamedNode

from unpact.cli.answer import answer_rows
from unpact.cli.opening import open_graph
from unpact.cli.options import GraphOptions, OutputOptions, graph_options, output_options
from unpact.cli.running import supervised
from unpact.names import compact
from unpact.render.rows import Cell, Rows

if TYPE_CHECKING:
    from unpact.describe.find import Match


@click.command("find", epilog="Examples: unpact find narcotic; unpact find UNTOC; unpact find Пакистан")
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Show the best N only.")
@output_options()
@graph_options
def command(text: tuple[str, ...], source: GraphOptions, output: OutputOptions, limit: int | None) -> None:
    """Find things by label, acronym or identifier, in any language.

    The best come first: whole names, then beginnings, words, parts of names; when nothing contains TEXT,
    names that look like it. The column id is what other commands accept.
    """
    from unpact.describe.find import find

    graph = open_graph(source)
    matches = supervised(lambda: find(graph, " ".join(text), limit=limit))
    rows = [_row(match) for match in matches]
    answer_rows(Rows(("thing", "kind", "name", "id"), rows), output, graph)


def _row(match: Match) -> tuple[Cell, ...]:
    kinds: Cell = match.kinds[0] if len(match.kinds) == 1 else match.kinds or None
    name = Literal(match.name, language=match.language) if match.language else Literal(match.name)
    return NamedNode(match.thing.value), kinds, name, Literal(compact(match.thing.value))
