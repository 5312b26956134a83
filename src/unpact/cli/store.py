"""``unpact store``: names for the stores that one uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from unpact.cli.options import GRAPH_STORE, PROFILE, UPDATE, OutputOptions, output_options
from unpact.cli.running import supervised
from unpact.render.rows import ROW_FORMATS

if TYPE_CHECKING:
    from unpact.connections import Connection


@click.group(
    "store",
    epilog="Example: unpact store add work --endpoint http://localhost:3030/unpact --profile fuseki",
)
def command() -> None:
    """Names for the stores that you use, to be given to --store and --endpoint.

    They are kept in the file config.toml of your configuration directory, without passwords.
    """


@command.command("add", epilog="Example: unpact store add local --store /srv/unpact")
@click.argument("name")
@click.option("--store", metavar="DIR", help="The directory of a store on disk.")
@click.option("--endpoint", metavar="URL", help="The address of a SPARQL service.")
@PROFILE
@UPDATE
@GRAPH_STORE
def add(name: str, graph_store: str | None, **where: str | None) -> None:
    """Give a store a NAME, or another place to a name."""
    from pathlib import Path

    from unpact import connections

    where["data"] = graph_store
    if (where["store"] is None) == (where["endpoint"] is None):
        raise click.UsageError("Say where it is: --store DIR or --endpoint URL.")
    if where["store"] is not None:
        # the name is used from any directory
        where["store"] = str(Path(where["store"]).absolute())
    for address in (where["endpoint"], where["update"], where["data"]):
        if address is not None:
            from unpact.graph.address import address_of

            address_of(address)
    connections.add(name, connections.Connection(**where))


@command.command("list", epilog="Example: unpact store list --format json")
@output_options(ROW_FORMATS)
def list_all(output: OutputOptions) -> None:
    """List the stores that have names."""
    from pyoxigraph import Literal

    from unpact.cli.answer import answer_rows
    from unpact.connections import connections
    from unpact.graph.memory import MemoryGraph
    from unpact.render.rows import Rows

    rows = [
        (Literal(name), Literal(each.where), None if each.profile is None else Literal(each.profile))
        for name, each in connections().items()
    ]
    answer_rows(Rows(("name", "where", "profile"), rows), output, MemoryGraph())


@command.command("remove", epilog="Example: unpact store remove work")
@click.argument("name")
def remove(name: str) -> None:
    """Forget a NAME; the store itself stays as it is."""
    from unpact.connections import remove as forget

    forget(name)


@command.command("test", epilog="Example: unpact store test work")
@click.argument("name", required=False)
def test(name: str | None) -> None:
    """Ask a store, or all that have names, how many triples there are.

    One that does not answer ends the command with code 3, after the others were asked.
    """
    from unpact.connections import connection, connections
    from unpact.errors import StoreError, UnpactError

    chosen = connections() if name is None else {name: connection(name)}
    failed: UnpactError | None = None
    for each, where in chosen.items():
        try:
            number = supervised(lambda where=where: _triples(where))  # type: ignore[misc]  # bound now
        except UnpactError as error:
            failed = error
            click.echo(f"{each}: {error}", err=True)
        else:
            click.echo(f"{each}: {number:,} triples in {where.where}")
    if failed is not None:
        click.get_current_context().exit(StoreError.exit_code)


def _triples(where: Connection) -> int:
    from unpact.describe.statistics import graph_sizes
    from unpact.elsewhere import open_elsewhere

    return sum(graph_sizes(open_elsewhere(where)).values())
