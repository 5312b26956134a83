"""``unpact serve``: the graph in a browser, and over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from unpact.cli.site_options import site_options
from unpact.extras import need
from unpact.serve.settings import PORT, Limits, Settings

if TYPE_CHECKING:
    from unpact.serve.settings import Source

_USUAL = Limits()


@click.command("serve", epilog="Examples: unpact serve; unpact serve --port 0 --article article.txt")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0 for any that is free."
)
@site_options
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=_USUAL.seconds,
    show_default=True,
    help="Seconds after which a query is ended.",
)
@click.option(
    "--max-rows", type=click.IntRange(1), default=_USUAL.rows, show_default=True, help="Rows of one answer."
)
@click.option(
    "--memory",
    type=click.IntRange(16),
    default=_USUAL.megabytes,
    show_default=True,
    help="MiB that one answer may take.",
)
@click.option(
    "--workers", type=click.IntRange(1), default=_USUAL.workers, show_default=True, help="Processes."
)
@click.option(
    "--cors",
    metavar="ORIGIN",
    multiple=True,
    help="Pages whose scripts may read it, * for all. [default: * for the bundled facts, else none]",
)
def command(  # noqa: PLR0913 - as many as there are options
    host: str,
    port: int,
    source: Source,
    *,
    address: str,
    timeout: float,
    max_rows: int,
    memory: int,
    workers: int,
    cors: tuple[str, ...],
) -> None:
    """Serve pages to read, SPARQL and linked data, until you press Ctrl-C.

    Nothing leaves this machine, and nothing but this machine can reach it, unless --host says otherwise.
    Nothing that is asked can change anything.
    """
    need("unpact serve", "serve", "starlette", "uvicorn", "jinja2", "mimeparse", "fast_sugiyama")
    from unpact.serve.running import run

    limits = Limits(seconds=timeout, rows=max_rows, megabytes=memory, workers=workers)
    settings = Settings(source, limits, address, cors or (("*",) if source.is_public else ()))

    def ready(home: str) -> None:
        click.echo(f"unpact: open {home}/ in a browser; Ctrl-C ends it", err=True)

    run(settings, host, port, ready=ready)
