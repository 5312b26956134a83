"""What `unpact serve` and `unpact site` show: options of both, handed to a command as one value."""

# ruff: noqa: ANN401 - a decorator passes on whatever the command takes and gives

from __future__ import annotations

import functools
from typing import Any

import click

from unpact.cli.options import NO_CACHE, ONLY_DATA, STORE, VIEW, Command
from unpact.serve.settings import Source

_OPTIONS = (
    click.option("--data", metavar="PATH", multiple=True, help="Your own Turtle. May be repeated."),
    ONLY_DATA,
    VIEW,
    STORE,
    NO_CACHE,
    click.option("--article", metavar="FILE", help="A copy of the article, to show its text."),
    click.option("--lang", default="en", show_default=True, help="The language of the labels."),
    click.option("--address", metavar="URL", default="", help="Where readers find it, for the links in RDF."),
)


def site_options(command: Command) -> Command:
    """Add --data, --only-data, --view, --store, --no-cache, --article and --lang, given to `command` as
    ``source``, a Source; and --address, without a slash at its end.
    """

    @functools.wraps(command)
    def packed(*args: Any, **options: Any) -> Any:
        source = Source(
            cache=not options.pop("no_cache"),
            language=options.pop("lang"),
            **{name: options.pop(name) for name in ("data", "only_data", "view", "store", "article")},
        )
        _refuse_contradictions(source)
        return command(*args, source=source, address=options.pop("address").rstrip("/"), **options)

    function: Command = packed
    for decorate in reversed(_OPTIONS):
        function = decorate(function)
    return function


def _refuse_contradictions(source: Source) -> None:
    if source.only_data and not source.data:
        raise click.UsageError("--only-data needs at least one --data PATH.")
    if source.store is not None and source.data:
        raise click.UsageError("A store is shown by itself, without --data.")
    if "-" in source.data:
        # it is opened by several processes
        raise click.UsageError("It cannot read standard input: give it a file with --data.")
