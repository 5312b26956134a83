"""The options that both forms of ``unpact import`` have, handed over as one value."""

# ruff: noqa: ANN401 - a decorator passes on whatever the command takes and gives

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from unpact.cli.options import NO_CACHE, GraphOptions

if TYPE_CHECKING:
    from collections.abc import Callable


class ImportOptions(NamedTuple):
    """What is read, what it rests on, and where it goes."""

    table: str
    source: str | None
    publisher: str | None
    url: str | None
    as_of: str | None
    confidence: str | None
    only: tuple[str, ...]
    delimiter: str | None
    strict: bool
    output: str | None
    graph: GraphOptions


def import_options(*, source: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add the argument TABLE and the options, given to the command as ``options``, an ImportOptions.

    Args:
        source: what the help says of a source that is not given.
    """

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(command)
        def packed(*, data: tuple[str, ...], no_cache: bool, **given: Any) -> Any:
            own = {name: given.pop(name) for name in ImportOptions._fields if name != "graph"}
            own["delimiter"] = {"tab": "\t", "\\t": "\t"}.get(own["delimiter"], own["delimiter"])
            if own["delimiter"] is not None and len(own["delimiter"]) != 1:
                raise click.UsageError("--delimiter is one character, or the word tab.")
            return command(
                options=ImportOptions(**own, graph=GraphOptions(data, cache=not no_cache)), **given
            )

        for option in reversed(_options(source)):
            packed = option(packed)
        return packed

    return add


def _options(source: str) -> list[Callable[[Callable[..., Any]], Callable[..., Any]]]:
    return [
        click.argument("table"),
        click.option(
            "--as-of",
            metavar="DATE",
            help="The day of which the table gives the state; nothing in it can be later.",
        ),
        click.option(
            "--source",
            metavar="NAME",
            help=f"What the facts rest on: a source of the graph, or the title of a new one. {source}",
        ),
        click.option("--publisher", metavar="TEXT", help="Who publishes the new source."),
        click.option("--url", metavar="URL", help="Where the new source is."),
        click.option(
            "--confidence",
            type=click.Choice(("high", "medium", "low")),
            help="How sure the facts are, written beside each. [default: nothing is said of that]",
        ),
        click.option(
            "--only",
            metavar="NAME",
            multiple=True,
            help="Only the rows of this participant. May be repeated.",
        ),
        click.option(
            "--delimiter",
            metavar="CHARACTER",
            help="What parts the cells, or the word tab. [default: what the header has]",
        ),
        click.option(
            "--data",
            metavar="PATH",
            multiple=True,
            help="Your own Turtle, whose states, bodies and treaties are known as well. May be repeated.",
        ),
        NO_CACHE,
        click.option(
            "--strict",
            is_flag=True,
            help="Write nothing and end with code 1 when anything had to be left out.",
        ),
        click.option(
            "--output", "-o", metavar="FILE", help="Write there instead; the file appears when it is whole."
        ),
    ]
