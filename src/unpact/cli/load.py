"""``unpact load``: the graph, or files of one's own, into a triple store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from unpact.cli.options import ENDPOINT, ONLY_DATA, PROFILE, STORE, VIEW, OutputOptions, output_options
from unpact.cli.running import supervised
from unpact.render.rows import ROW_FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from unpact.errors import DataSyntaxError
    from unpact.graph.interface import Graph
    from unpact.load.content import Sources
    from unpact.load.difference import Difference


class Doing(NamedTuple):
    """How a load is done."""

    dry_run: bool
    keep_going: bool


@click.command(
    "load",
    epilog=(
        "Examples: unpact load --store kb; unpact load mine.ttl --store kb --dry-run;"
        " unpact load --endpoint http://localhost:3030/unpact --profile fuseki"
    ),
)
@click.argument("path", nargs=-1)
@STORE
@ENDPOINT
@PROFILE
@click.option(
    "--what",
    metavar="PART[,PART]",
    default="ontology,data,record,inferred",
    show_default=True,
    help="The parts to load: ontology, data, record, inferred, shapes, or all.",
)
@ONLY_DATA
@VIEW
@click.option("--dry-run", is_flag=True, help="Show what would change in each graph, and change nothing.")
@click.option("--keep-going", is_flag=True, help="Leave out files that are malformed, and load the others.")
@output_options(ROW_FORMATS, rows=False)
def command(  # noqa: PLR0913 - each is an option that users know by name
    path: tuple[str, ...],
    store: str | None,
    endpoint: str | None,
    profile: str | None,
    what: str,
    view: str,
    output: OutputOptions,
    *,
    only_data: bool,
    dry_run: bool,
    keep_going: bool,
) -> None:
    """Load the graph into a triple store: every file a named graph, and what follows from them in one more.

    PATH adds your own RDF: files, folders, patterns, or - for standard input, plain or compressed. The store
    then holds what this command names: graphs of earlier loads that it does not name are removed, and graphs
    that unpact did not load are left alone. The new content takes the place of the old at once, when it is
    whole; a load that is repeated changes nothing.
    """
    if (store is None) == (endpoint is None):
        raise click.UsageError("Say where to: --store DIR or --endpoint URL.")
    if only_data and not path:
        raise click.UsageError("--only-data needs a PATH.")
    from unpact.corpus import bundled, user_files
    from unpact.graph.elsewhere import connection_of
    from unpact.load.content import PARTS, Sources

    where = connection_of(store, endpoint, profile)
    parts = [part for part in what.replace(" ", "").split(",") if part]
    sources = Sources(
        bundled(),
        user_files(path) if path else (),
        parts=PARTS if parts == ["all"] else parts,
        view=view,
        only_extra=only_data,
    )
    _load_into_store(Path(where.store or ""), sources, Doing(dry_run, keep_going), output)


def _load_into_store(path: Path, sources: Sources, doing: Doing, output: OutputOptions) -> None:
    from unpact.load.embedded import load_into_store, plan_for_store

    left_out: list[DataSyntaxError] = []
    refused = left_out.append if doing.keep_going else None
    if doing.dry_run:
        _answer_plan(supervised(lambda: plan_for_store(path, sources, refused=refused)), output)
    else:
        check = _checking(sources, str(path))
        loaded = supervised(lambda: load_into_store(path, sources, refused=refused, check=check))
        total, graphs = sum(loaded.now.triples.values()), len(loaded.now.triples)
        done = f"{total:,} triples in {graphs:,} graphs"
        said = f"{done} are in {path}" if loaded.changed else f"{path} holds these {done} already"
        click.echo(f"unpact: {said}", err=True)
    _tell(left_out)


def _checking(sources: Sources, where: str) -> Callable[[Graph], None]:
    """Holds a store that was just loaded against the graph in memory, where both are the same view."""

    def check(graph: Graph) -> None:
        if not sources.is_view:
            return
        from unpact.cli.opening import open_catalogue
        from unpact.graph.view import build_view
        from unpact.load.answers import refuse_other_answers

        memory = build_view(sources.corpus, sources.view, sources.extra)
        refuse_other_answers(graph, memory, open_catalogue(), where=where)

    return check


def _answer_plan(plan: Iterable[Difference], output: OutputOptions) -> None:
    from pyoxigraph import Literal, NamedNode

    from unpact.cli.answer import answer_rows
    from unpact.graph.memory import MemoryGraph
    from unpact.names import GRAPH
    from unpact.render.rows import Cell, Rows

    def named(graph: str) -> Cell:
        # people know the path of the file that the name of a graph is made from
        for_people = output.format in ("table", "md")
        return Literal(graph.removeprefix(GRAPH)) if for_people else NamedNode(graph)

    rows: list[tuple[Cell, ...]] = [
        (named(each.graph), *(Literal(number) for number in each[1:])) for each in plan
    ]
    answer_rows(Rows(("graph", "here", "there", "add", "remove"), rows), output, MemoryGraph())


def _tell(left_out: list[DataSyntaxError]) -> None:
    for error in left_out:
        click.echo(f"unpact: left out: {error}", err=True)
    if left_out:
        click.get_current_context().exit(2)
