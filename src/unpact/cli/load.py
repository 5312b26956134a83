"""``unpact load``: the graph, or files of one's own, into a triple store."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from unpact.cli.options import GRAPH_STORE, ONLY_DATA, PROFILE, UPDATE, VIEW, OutputOptions, output_options
from unpact.cli.progress import MANY_BYTES, bar
from unpact.cli.running import supervised
from unpact.render.rows import ROW_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.connections import Connection
    from unpact.errors import DataSyntaxError
    from unpact.graph.interface import Graph
    from unpact.load.sources import Sources


Command = Callable[..., Any]

TO_STORE = click.option("--store", metavar="DIR", help="Into a store on disk: a directory or a name.")
TO_ENDPOINT = click.option("--endpoint", metavar="URL", help="Into a SPARQL service: an address or a name.")


class Place(NamedTuple):
    """Where to load, as it was named."""

    store: str | None
    endpoint: str | None
    profile: str | None
    update: str | None
    graph_store: str | None
    timeout: float | None


class Doing(NamedTuple):
    """How a load is done."""

    dry_run: bool
    keep_going: bool


def place_options(command: Command) -> Command:
    """Add the options that say where to load, given to `command` as ``place``, a Place."""

    @functools.wraps(command)
    def packed(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever the command takes and gives
        place = Place(**{name: options.pop(name) for name in Place._fields})
        if (place.store is None) == (place.endpoint is None):
            raise click.UsageError("Say where to: --store DIR or --endpoint URL.")
        return command(*args, place=place, **options)

    timeout = click.option(
        "--timeout",
        metavar="SECONDS",
        type=click.FloatRange(min=0, min_open=True),
        help="How long a service may take for one request. [default: 600]",
    )
    for option in (timeout, GRAPH_STORE, UPDATE, PROFILE, TO_ENDPOINT, TO_STORE):
        packed = option(packed)
    return packed


@click.command(
    "load",
    epilog=(
        "Examples: unpact load --store kb; unpact load mine.ttl --store kb --dry-run;"
        " unpact load --endpoint http://localhost:3030/unpact --profile fuseki"
    ),
)
@click.argument("path", nargs=-1)
@place_options
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
def command(
    path: tuple[str, ...],
    place: Place,
    what: str,
    view: str,
    output: OutputOptions,
    *,
    only_data: bool,
    **doing: bool,
) -> None:
    """Load the graph into a triple store: every file a named graph, and what follows from them in one more.

    PATH adds your own RDF: files, folders, patterns, or - for standard input, plain or compressed. The store
    then holds what this command names: graphs of earlier loads that it does not name are removed, and graphs
    that unpact did not load are left alone. New content takes the place of the old when all of it has
    arrived; a load that is repeated changes nothing, and one that was broken off is gone on with.

    Who loads into a service is said by UNPACT_ENDPOINT_USER and UNPACT_ENDPOINT_PASSWORD, or
    UNPACT_ENDPOINT_TOKEN, or the file .netrc, or is asked for; never on the command line.
    """
    if only_data and not path:
        raise click.UsageError("--only-data needs a PATH.")
    from unpact.corpus import bundled, user_files
    from unpact.elsewhere import connection_of
    from unpact.load.sources import PARTS, Sources

    where = connection_of(place.store, place.endpoint, place.profile)
    parts = [part for part in what.replace(" ", "").split(",") if part]
    sources = Sources(
        bundled(),
        user_files(path) if path else (),
        parts=PARTS if parts == ["all"] else parts,
        view=view,
        only_extra=only_data,
    )
    if where.store is not None:
        _into_store(Path(where.store), sources, Doing(**doing), output)
    else:
        named = where._replace(update=place.update or where.update, data=place.graph_store or where.data)
        _into_service(named, place.timeout, sources, Doing(**doing), output)


def _into_store(path: Path, sources: Sources, doing: Doing, output: OutputOptions) -> None:
    from unpact.load.embedded import load_into_store, plan_for_store

    left_out: list[DataSyntaxError] = []
    refused = left_out.append if doing.keep_going else None
    if doing.dry_run:
        plan = supervised(lambda: plan_for_store(path, sources, refused=refused), doing="comparing")
        _answer_plan(((each[0], *each[1:]) for each in plan), output)
    else:
        from unpact.load.run import check_answers

        def check(graph: Graph) -> None:
            # without the files that were left out it is another graph than that of all of them
            if not left_out:
                check_answers(graph, sources, str(path))

        parts = ["the facts"]
        with bar(sources.streamed, "reading", MANY_BYTES) as read:
            loaded = supervised(
                lambda: load_into_store(
                    path, sources, refused=refused, report=parts.append, read=read, check=check
                ),
                doing=None if read else lambda: f"loading {parts[-1]}",
            )
        total, graphs = sum(loaded.now.triples.values()), len(loaded.now.triples)
        held = f"{total:,} triples in {graphs:,} graphs"
        said = f"{held} are in {path}" if loaded.changed else f"{path} holds these {held} already"
        click.echo(f"unpact: {said}", err=True)
    _tell(left_out)


def _into_service(
    where: Connection, timeout: float | None, sources: Sources, doing: Doing, output: OutputOptions
) -> None:
    from unpact.cli.load_remote import load_into_service, plan_for, target_of
    from unpact.elsewhere import open_elsewhere

    left_out: list[DataSyntaxError] = []
    refused = left_out.append if doing.keep_going else None
    target = target_of(where, timeout)
    if doing.dry_run:
        plan = plan_for(target, sources, refused=refused)
        for note in plan.notes:
            click.echo(f"unpact: {note}", err=True)
        changes = [(each.graph, each.here, each.there, each.to_add, each.to_remove) for each in plan.changes]
        _answer_plan(changes, output)
    else:
        from unpact.load.run import check_answers

        asked = where._replace(endpoint=target.query.url)

        def check() -> None:
            if not left_out:
                check_answers(open_elsewhere(asked, timeout=timeout), sources, target.name)

        load_into_service(target, sources, refused=refused, check=check)
    _tell(left_out)


def _answer_plan(plan: Iterable[tuple[str, int, int, int, int]], output: OutputOptions) -> None:
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
        (named(graph), *(Literal(number) for number in numbers)) for graph, *numbers in plan
    ]
    answer_rows(Rows(("graph", "here", "there", "add", "remove"), rows), output, MemoryGraph())


def _tell(left_out: list[DataSyntaxError]) -> None:
    for error in left_out:
        click.echo(f"unpact: left out: {error}", err=True)
    if left_out:
        click.get_current_context().exit(2)
