"""The options that commands share, each group handed to a command as one value."""

# ruff: noqa: ANN401 - a decorator passes on whatever the command takes and gives

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple

import click

from unpact.render.rows import ROW_FORMATS

Command = Callable[..., Any]
VIEWS = ("best", "article")


class GraphOptions(NamedTuple):
    """Which facts a command works on."""

    data: tuple[str, ...] = ()
    only_data: bool = False
    view: str = "best"
    cache: bool = True


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


def graph_options(command: Command) -> Command:
    """Add --data, --only-data, --view and --no-cache, given to `command` as ``source``, a GraphOptions."""

    @functools.wraps(command)
    def packed(
        *args: Any, data: tuple[str, ...], only_data: bool, view: str, no_cache: bool, **rest: Any
    ) -> Any:
        if only_data and not data:
            raise click.UsageError("--only-data needs at least one --data PATH.")
        return command(*args, source=GraphOptions(data, only_data, view, not no_cache), **rest)

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
        NO_CACHE,
    )


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


def timeout_option(command: Command) -> Command:
    """Add --timeout, given to `command` as ``timeout``: seconds or None."""
    return click.option(
        "--timeout",
        metavar="SECONDS",
        type=click.FloatRange(min=0, min_open=True),
        help="End the query after so many seconds, with code 3.",
    )(command)


def _by_ending(path: str | None, formats: Sequence[str]) -> str | None:
    ending = PurePath(path or "").suffix.lower().removeprefix(".")
    return ending if ending in formats else None


def _with(command: Command, *options: Callable[[Command], Command]) -> Command:
    # click lists options in the reverse order in which they were added
    for option in reversed(options):
        command = option(command)
    return command
