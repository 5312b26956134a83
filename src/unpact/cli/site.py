"""``unpact site``: the pages of ``unpact serve`` as files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from unpact.cli.site_options import site_options
from unpact.extras import need

if TYPE_CHECKING:
    from unpact.serve.settings import Source

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
@site_options
def command(folder: str, source: Source, *, address: str) -> None:
    """Write the pages of unpact serve as files, for GitHub Pages, a file share, or a folder to open.

    Links lead from file to file. What needs a server is left out: searches, SPARQL, and questions with other
    values than those of their examples.
    """
    need("unpact site", "site", "starlette", "jinja2", "mimeparse", "fast_sugiyama", "lxml")
    from unpact.cli.progress import counting
    from unpact.serve.settings import Settings
    from unpact.site.writing import write_site

    settings = Settings(source, address=address, is_static=True)
    with counting("pages") as report:
        written = write_site(settings, Path(folder), report, processes=os.cpu_count() or 1)
    for broken in written.broken[:_BROKEN_SHOWN]:
        click.echo(f"{broken.file}: {broken.link} leads nowhere", err=True)
    click.echo(f"unpact: {written.files:,} files are in {folder}", err=True)
    if written.broken:
        click.echo(f"unpact: {len(written.broken):,} links lead nowhere", err=True)
        raise SystemExit(1)
