"""The options that commands share, each group handed to a command as one value."""

# ruff: noqa: ANN401 - a decorator passes on whatever the command takes and gives

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple

import click
from click.core import ParameterSource

from unpact.graph.dialects.profile import PROFILES
from unpact.render.rows import ROW_FORMATS

Command = Callable[..., Any]
VIEWS = ("best", "article")
#: rows that an answer has at most, unless it is said: about a gigabyte of memory
MOST_ROWS = 1_000_000


class GraphOptions(NamedTuple):
    """Which facts a command works on."""

    data: tuple[str, ...] = ()
    only_data: bool = False
    view: str = "best"
    cache: bool = True
    store: str | None = None
    endpoint: str | None = None
    profile: str | None = None

    @property
    def elsewhere(self) -> bool:
        """Whether the facts stay in a store of their own."""
        return self.store is not None or self.endpoint is not None


class Limits(NamedTuple):
    """How long a query may take, in seconds, and how many rows it may give."""

    timeout: float | None = None
    most_rows: int | None = None


class OutputOptions(NamedTuple):
    """How and where a command answers."""

    format: str = "table"
    output: str | None = None
    lang: str = "en"
    fail_empty: bool = False
    asked: bool = True
    """Whether the format was asked for, by --format or by the ending of the file."""


NO_CACHE = click.option("--no-cache", is_flag=True, help="Build the graph anew and store nothing.")
ONLY_DATA = click.option("--only-data", is_flag=True, help="Leave out the bundled facts; the ontology stays.")
VIEW = click.option(
    "--view",
    type=click.Choice(VIEWS),
    default="best",
    show_default=True,
    help="best: the article with the record's corrections. article: exactly what the article states.",
)
"""Add --no-cache, --only-data and --view, which more than one group of options has."""


STORE = click.option(
    "--store",
    metavar="DIR",
    help="Ask what lies in a store on disk instead: a directory, or the name of a connection.",
)
ENDPOINT = click.option(
    "--endpoint",
    metavar="URL",
    help="Ask a SPARQL service instead: its address, or the name of a connection.",
)
PROFILE = click.option(
    "--profile",
    type=click.Choice(PROFILES),
    help="The kind of the service. [default: that of the connection, else what the service says]",
)
UPDATE = click.option(
    "--update", metavar="URL", help="The address of its updates, if the profile does not know it."
)
GRAPH_STORE = click.option(
    "--graph-store",
    metavar="URL",
    help="The address of its Graph Store Protocol, if the profile does not know it.",
)
"""Add the options that say where a store is, which more than one group of options has."""


def graph_options(command: Command) -> Command:
    """Add --data, --only-data, --view, --no-cache, --store, --endpoint and --profile, given to `command` as
    ``source``, a GraphOptions.
    """

    @functools.wraps(command)
    def packed(*args: Any, **options: Any) -> Any:
        cache = not options.pop("no_cache")
        source = GraphOptions(
            cache=cache, **{name: options.pop(name) for name in GraphOptions._fields if name != "cache"}
        )
        _refuse_contradictions(source)
        return command(*args, source=source, **options)

    return _with(
        packed,
        click.option(
            "--data",
            metavar="PATH",
            multiple=True,
            help="Your own Turtle: a file, a folder, a pattern, or - for standard input. May be repeated.",
        ),
        ONLY_DATA,
        VIEW,
        STORE,
        ENDPOINT,
        PROFILE,
        NO_CACHE,
    )


def _refuse_contradictions(source: GraphOptions) -> None:
    if source.only_data and not source.data:
        raise click.UsageError("--only-data needs at least one --data PATH.")
    if source.store is not None and source.endpoint is not None:
        raise click.UsageError("--store and --endpoint do not go together.")
    if source.elsewhere and source.data:
        hint = "Load the files into it with unpact load, or leave it out."
        raise click.UsageError(f"A store is asked by itself, without --data. {hint}")
    view = click.get_current_context().get_parameter_source("view")
    if source.elsewhere and view is ParameterSource.COMMANDLINE:
        raise click.UsageError("A store holds one view, which is chosen when it is loaded: leave out --view.")
    if source.profile is not None and source.endpoint is None:
        raise click.UsageError("--profile says what kind of service an --endpoint is.")


def output_options(
    formats: Sequence[str] = ROW_FORMATS, *, rows: bool = True, default: str = "table"
) -> Callable[[Command], Command]:
    """Add --format, -o and --lang, and --fail-empty when `rows`; given to the command as ``output``, an
    OutputOptions.

    Without --format the ending of the file named by -o decides, else `default`.
    """

    def add(command: Command) -> Command:
        @functools.wraps(command)
        def packed(
            *args: Any,
            format_name: str | None,
            output: str | None,
            lang: str,
            fail_empty: bool = False,
            **rest: Any,
        ) -> Any:
            asked = format_name or _by_ending(output, formats)
            options = OutputOptions(asked or default, output, lang, fail_empty, asked=asked is not None)
            return command(*args, output=options, **rest)

        options = [
            click.option(
                "--format",
                "-f",
                "format_name",
                type=click.Choice(formats),
                help=f"The form of the answer. [default: the ending of FILE, else {default}]",
            ),
            click.option(
                "--output",
                "-o",
                metavar="FILE",
                help="Write there instead; the file appears when it is whole.",
            ),
            click.option(
                "--lang",
                metavar="TAG",
                default="en",
                show_default=True,
                help="The language of labels, such as fr.",
            ),
        ]
        if rows:
            options.append(
                click.option(
                    "--fail-empty",
                    "--check",
                    is_flag=True,
                    help="End with code 1 when the answer has no rows.",
                )
            )
        return _with(packed, *options)

    return add


def limit_options(command: Command) -> Command:
    """Add --timeout and --max-rows, given to `command` as ``limits``, a Limits."""

    @functools.wraps(command)
    def packed(*args: Any, timeout: float | None, max_rows: int, **rest: Any) -> Any:
        return command(*args, limits=Limits(timeout, max_rows), **rest)

    return _with(
        packed,
        click.option(
            "--timeout",
            metavar="SECONDS",
            type=click.FloatRange(min=0, min_open=True),
            help="End the query after so many seconds, with code 3.",
        ),
        click.option(
            "--max-rows",
            metavar="N",
            type=click.IntRange(min=1),
            default=MOST_ROWS,
            show_default=True,
            help="Cut the answer off after so many rows, and say so.",
        ),
    )


def _by_ending(path: str | None, formats: Sequence[str]) -> str | None:
    ending = PurePath(path or "").suffix.lower().removeprefix(".")
    return ending if ending in formats else None


def _with(command: Command, *options: Callable[[Command], Command]) -> Command:
    # click lists options in the reverse order in which they were added
    for option in reversed(options):
        command = option(command)
    return command
