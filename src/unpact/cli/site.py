"""``unpact site``: the pages of ``unpact serve`` as files."""

from __future__ import annotations

import os
from pathlib import Path

import click

from unpact.cli.options import NO_CACHE, ONLY_DATA, STORE, VIEW
from unpact.errors import UsageError

_BROKEN_SHOWN = 20


@click.command("site", epilog="Example: unpact site -o public")
@click.option(
    "--output",
    "-o",
    "folder",
    metavar="DIR",
    required=True,
    help="The folder; an older site in it is replaced.",
)
@click.option("--data", metavar="PATH", multiple=True, help="Your own Turtle. May be repeated.")
@ONLY_DATA
@VIEW
@NO_CACHE
@STORE
@click.option("--article", metavar="FILE", help="A copy of the article, to show its text.")
@click.option("--lang", default="en", show_default=True, help="The language of the labels.")
@click.option("--address", metavar="URL", default="", help="Where the site will be; for the links in RDF.")
def command(  # noqa: PLR0913 - as many as there are options
    folder: str,
    data: tuple[str, ...],
    *,
    only_data: bool,
    view: str,
    no_cache: bool,
    store: str | None,
    article: str | None,
    lang: str,
    address: str,
) -> None:
    """Write the pages of unpact serve as files, for GitHub Pages, a file share, or a folder to open.

    Links lead from file to file. What needs a server is left out: searches, SPARQL, and questions with other
    values than those of their examples.
    """
    if only_data and not data:
        raise click.UsageError("--only-data needs at least one --data PATH.")
    if store is not None and data:
        raise click.UsageError("A store is shown by itself, without --data.")
    if "-" in data:
        raise click.UsageError("The site cannot be made from standard input: give it a file with --data.")
    need_site()
    from unpact.cli.progress import counting
    from unpact.serve.settings import Limits, Settings, Source
    from unpact.site.release import write_site

    source = Source(data, only_data, view, not no_cache, store, article, lang)
    settings = Settings(source, Limits(), address.rstrip("/"), is_static=True)
    with counting("pages") as report:
        written = write_site(settings, Path(folder), report, processes=os.cpu_count() or 1)
    for broken in written.broken[:_BROKEN_SHOWN]:
        click.echo(f"{broken.file}: {broken.link} leads nowhere", err=True)
    click.echo(f"unpact: {written.files:,} files are in {folder}", err=True)
    if written.broken:
        click.echo(f"unpact: {len(written.broken):,} links lead nowhere", err=True)
        raise SystemExit(1)


def need_site() -> None:
    """Make sure that what the pages need is installed.

    Raises:
        UsageError: where it is not.
    """
    from importlib.util import find_spec

    missing = [name for name in ("starlette", "jinja2", "mimeparse", "lxml") if find_spec(name) is None]
    if missing:
        message = f"unpact site needs the package{'s' if len(missing) > 1 else ''} {', '.join(missing)}"
        raise UsageError(message, hint="Type: pip install 'unpact[site]'")
