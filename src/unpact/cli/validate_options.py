"""The options of ``unpact validate``, in groups that are each given to the command as one value."""

# ruff: noqa: ANN401 - a decorator passes on whatever the command takes and gives

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from unpact.cli.options import NO_CACHE
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
    store: str | None = None
    endpoint: str | None = None
    graphs: tuple[str, ...] = ()
    cache: bool = True

    @property
    def elsewhere(self) -> bool:
        """Whether the data stays in a store of its own."""
        return self.store is not None or self.endpoint is not None


class Counting(NamedTuple):
    """Which findings count."""

    selection: Selection
    threshold: Threshold
    baseline: str | None = None
    update_baseline: bool = False


class Doing(NamedTuple):
    """What is done beside, or in place of, a validation."""

    explain: str | None = None
    list_checks: bool = False
    coverage: bool = False
    fix: bool = False
    diff: bool = False
    watch: bool = False


def source_options(command: Command) -> Command:
    """Add the options that say what is checked, given to `command` as ``source``, a Source."""

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
        store, endpoint, graphs = (rest.pop(name) for name in ("store", "endpoint", "graph"))
        source = Source(shapes, alone, engine, since, store, endpoint, graphs, not no_cache)
        _refuse_contradictions(source, rest.get("path") or ())
        return command(*args, source=source, **rest)

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
            help="A git revision that was validated before: ask again only what changed since can affect.",
        ),
        click.option(
            "--store", metavar="DIR", help="Check the data of a store on disk: a directory or a name."
        ),
        click.option(
            "--endpoint", metavar="URL", help="Check the data of a SPARQL service: an address or a name."
        ),
        click.option(
            "--graph",
            metavar="IRI",
            multiple=True,
            help="A named graph of the store or service to check. May be repeated.",
        ),
        NO_CACHE,
    )


def doing_options(command: Command) -> Command:
    """Add --explain, --list-checks, --coverage, --fix, --diff and --watch, given to `command` as ``doing``, a
    Doing.
    """

    @functools.wraps(command)
    def packed(*args: Any, **options: Any) -> Any:
        doing = Doing(**{name: options.pop(name) for name in Doing._fields})
        _refuse_together([name for name in Doing._fields if getattr(doing, name)])
        return command(*args, doing=doing, **options)

    return _with(
        packed,
        click.option("--explain", metavar="CHECK", help="Say what a check asks for, and show a mend."),
        click.option("--list-checks", is_flag=True, help="List the checks."),
        click.option("--coverage", is_flag=True, help="Show the triples that no shape looks at."),
        click.option("--fix", is_flag=True, help="Mend in the files what has one safe mend, and show it."),
        click.option("--diff", is_flag=True, help="Show what --fix would do, and change nothing."),
        click.option("--watch", is_flag=True, help="Check again whenever a file changes, until Ctrl-C."),
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
            "--update-baseline",
            is_flag=True,
            help="Write what this run found to the baseline; what it did not look at stays as it is known.",
        ),
    )


def _refuse_together(named: list[str]) -> None:
    """Refuse what cannot be done in one run; a mend and the look at it can."""
    if len(named) > 1 and set(named) != {"fix", "diff"}:
        options = (f"--{name.replace('_', '-')}" for name in named)
        raise click.UsageError(f"{' and '.join(options)} do not go together.")


def _refuse_contradictions(source: Source, path: tuple[str, ...]) -> None:
    if source.alone and not path:
        raise click.UsageError("--alone needs at least one PATH.")
    if source.store is not None and source.endpoint is not None:
        raise click.UsageError("--store and --endpoint do not go together.")
    if source.elsewhere and (path or source.alone or source.since):
        raise click.UsageError("A store is checked by itself: leave out PATH, --alone and --since.")
    if source.since is not None and not source.cache:
        raise click.UsageError("--since needs what earlier runs have kept: leave out --no-cache.")
    if source.graphs and not source.elsewhere:
        raise click.UsageError("--graph names a graph of a --store or an --endpoint.")


def _with(command: Command, *options: Callable[[Command], Command]) -> Command:
    # click lists options in the reverse order in which they were added
    for option in reversed(options):
        command = option(command)
    return command
