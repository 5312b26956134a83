"""The options of ``unpact validate``, in groups that are each given to the command as one value."""

# ruff: noqa: ANN401 - a decorator passes on whatever the command takes and gives

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from unpact.finding import Severity
from unpact.validate.selection import Selection, Threshold

if TYPE_CHECKING:
    from unpact.shacl.engine import EngineName

Command = Callable[..., Any]


class Source(NamedTuple):
    """What is checked against what, and how."""

    shapes: tuple[str, ...] = ()
    alone: bool = False
    engine: EngineName = "set"
    since: str | None = None
    cache: bool = True


class Counting(NamedTuple):
    """Which findings count."""

    selection: Selection
    threshold: Threshold
    baseline: str | None = None
    update_baseline: bool = False


def source_options(command: Command) -> Command:
    """Add --shapes, --alone, --engine, --since and --no-cache, given to `command` as ``source``, a Source."""

    @functools.wraps(command)
    def packed(
        *args: Any,
        shapes: tuple[str, ...],
        alone: bool,
        engine: EngineName,
        since: str | None,
        no_cache: bool,
        **rest: Any,
    ) -> Any:
        if alone and not rest.get("path"):
            raise click.UsageError("--alone needs at least one PATH.")
        return command(*args, source=Source(shapes, alone, engine, since, not no_cache), **rest)

    return _with(
        packed,
        click.option(
            "--shapes",
            metavar="PATH",
            multiple=True,
            help="Your own shapes in place of the bundled ones. May be repeated.",
        ),
        click.option(
            "--alone",
            is_flag=True,
            help="Check your own files without the bundled facts; with --shapes, without the ontology too.",
        ),
        click.option(
            "--engine",
            type=click.Choice(("set", "pyshacl")),
            default="set",
            show_default=True,
            help="set: one query a constraint. pyshacl: the reference, slower by far.",
        ),
        click.option(
            "--since",
            metavar="REV",
            help="A git revision whose data conforms: check again only what the changes since can touch.",
        ),
        click.option("--no-cache", is_flag=True, help="Build the graph anew and store nothing."),
    )


def counting_options(command: Command) -> Command:
    """Add --severity, --max-warnings, --select, --ignore, --baseline and --update-baseline, given to
    `command` as ``counting``, a Counting.
    """

    @functools.wraps(command)
    def packed(
        *args: Any,
        severity: str,
        max_warnings: int | None,
        select: tuple[str, ...],
        ignore: tuple[str, ...],
        baseline: str | None,
        update_baseline: bool,
        **rest: Any,
    ) -> Any:
        if update_baseline and baseline is None:
            raise click.UsageError("--update-baseline needs --baseline FILE.")
        threshold = Threshold(Severity(severity), max_warnings)
        counting = Counting(Selection(select, ignore), threshold, baseline, update_baseline)
        return command(*args, counting=counting, **rest)

    return _with(
        packed,
        click.option(
            "--severity",
            type=click.Choice([str(each) for each in Severity]),
            default=str(Severity.VIOLATION),
            show_default=True,
            help="Findings as bad as this, or worse, end the command with code 1.",
        ),
        click.option(
            "--max-warnings",
            metavar="N",
            type=click.IntRange(min=0),
            help="End with code 1 when there are more than N warnings.",
        ),
        click.option(
            "--select",
            metavar="CHECK",
            multiple=True,
            help="Only this check; a pattern such as 'must/*' names several. May be repeated.",
        ),
        click.option(
            "--ignore", metavar="CHECK", multiple=True, help="Not this check, or these. May be repeated."
        ),
        click.option(
            "--baseline",
            metavar="FILE",
            help="Findings that this file knows do not count; new ones do.",
        ),
        click.option(
            "--update-baseline", is_flag=True, help="Write the findings of this run to the baseline."
        ),
    )


def _with(command: Command, *options: Callable[[Command], Command]) -> Command:
    # click lists options in the reverse order in which they were added
    for option in reversed(options):
        command = option(command)
    return command
