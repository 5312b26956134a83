"""``unpact serve``: the graph in a browser, and over HTTP."""

from __future__ import annotations

import click

from unpact.cli.options import NO_CACHE, ONLY_DATA, VIEW
from unpact.errors import UsageError


@click.command("serve", epilog="Examples: unpact serve; unpact serve --port 0 --article article.txt")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8123, show_default=True, help="0 for any that is free."
)
@click.option("--data", metavar="PATH", multiple=True, help="Your own Turtle. May be repeated.")
@ONLY_DATA
@VIEW
@NO_CACHE
@click.option("--store", metavar="DIR", help="Serve a store on disk instead: a directory, or a connection.")
@click.option("--article", metavar="FILE", help="A copy of the article, to show its text.")
@click.option("--lang", default="en", show_default=True, help="The language of the labels.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=10.0,
    show_default=True,
    help="Seconds after which a query is ended.",
)
@click.option(
    "--max-rows", type=click.IntRange(1), default=100_000, show_default=True, help="Rows of one answer."
)
@click.option(
    "--memory", type=click.IntRange(16), default=1024, show_default=True, help="MiB that one answer may take."
)
@click.option("--workers", type=click.IntRange(1), help="Processes. [default: one more than processors]")
@click.option("--address", metavar="URL", help="Where readers reach it, if not where it listens.")
@click.option(
    "--cors",
    metavar="ORIGIN",
    multiple=True,
    help="Pages whose scripts may read it, * for all. [default: * for the bundled facts, else none]",
)
def command(  # noqa: PLR0913 - as many as there are options
    host: str,
    port: int,
    data: tuple[str, ...],
    *,
    only_data: bool,
    view: str,
    no_cache: bool,
    store: str | None,
    article: str | None,
    lang: str,
    timeout: float,
    max_rows: int,
    memory: int,
    workers: int | None,
    address: str | None,
    cors: tuple[str, ...],
) -> None:
    """Serve pages to read, SPARQL and linked data, until you press Ctrl-C.

    Nothing leaves this machine, and nothing but this machine can reach it, unless --host says otherwise.
    Nothing that is asked can change anything.
    """
    if only_data and not data:
        raise click.UsageError("--only-data needs at least one --data PATH.")
    if store is not None and data:
        raise click.UsageError("A store is served by itself, without --data.")
    if "-" in data:
        raise click.UsageError("The server cannot read standard input: give it a file with --data.")
    need_server()
    from unpact.serve.running import run
    from unpact.serve.settings import Limits, Settings, Source

    source = Source(data, only_data, view, not no_cache, store, article, lang)
    limits = Limits(seconds=timeout, rows=max_rows, megabytes=memory)
    if workers is not None:
        limits = limits._replace(workers=workers)
    origins = cors or (("*",) if source.is_public else ())
    settings = Settings(source, limits, (address or "").rstrip("/"), origins)

    def ready(home: str) -> None:
        click.echo(f"unpact: open {home}/ in a browser; Ctrl-C ends it", err=True)

    run(settings, host, port, ready=ready)


def need_server() -> None:
    """Make sure that what the pages need is installed.

    Raises:
        UsageError: where it is not.
    """
    from importlib.util import find_spec

    missing = [name for name in ("starlette", "uvicorn", "jinja2", "mimeparse") if find_spec(name) is None]
    if missing:
        message = f"unpact serve needs the package{'s' if len(missing) > 1 else ''} {', '.join(missing)}"
        raise UsageError(message, hint="Type: pip install 'unpact[serve]'")
