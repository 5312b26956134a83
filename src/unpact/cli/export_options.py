"""The options of ``unpact export``, each group handed to the command as one value."""

# ruff: noqa: ANN401 - a decorator passes on whatever the command takes and gives

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

from unpact.export.selection import PARTS, Selection

Command = Callable[..., Any]


def selection_options(command: Command) -> Command:
    """Add --what, --graph, --about, --depth and --class, given to `command` as ``selection``, a Selection."""

    @functools.wraps(command)
    def packed(
        *args: Any,
        what: tuple[str, ...],
        graphs: tuple[str, ...],
        about: tuple[str, ...],
        depth: int | None,
        classes: tuple[str, ...],
        **rest: Any,
    ) -> Any:
        if depth is not None and not about:
            raise click.UsageError("--depth says how far to go from --about THING.")
        parts = tuple(part.strip() for words in what for part in words.split(","))
        selection = Selection(parts, graphs, about, 1 if depth is None else depth, classes)
        return command(*args, selection=selection, **rest)

    return _with(
        packed,
        click.option(
            "--what",
            metavar="PART,...",
            multiple=True,
            help=f"Only these parts: {', '.join(PARTS)}; data is article, record and your own.",
        ),
        click.option(
            "--graph",
            "graphs",
            metavar="IRI|FILE",
            multiple=True,
            help="Only the triples of this graph, such as data/record/laws.ttl. May be repeated.",
        ),
        click.option(
            "--about",
            metavar="THING",
            multiple=True,
            help="Only this thing, by any of its names, and what is around it. May be repeated.",
        ),
        click.option(
            "--depth",
            type=click.IntRange(min=0),
            help="How many relations away from it to go. [default: 1]",
        ),
        click.option(
            "--class",
            "classes",
            metavar="CLASS",
            multiple=True,
            help="Only things of this class, such as Treaty. May be repeated.",
        ),
    )


def publication_options(command: Command) -> Command:
    """Add what a description says; given to `command` as ``publication``, a Publication with the files that
    it describes.
    """

    @functools.wraps(command)
    def packed(
        *args: Any,
        dataset: str | None,
        title: str | None,
        url: str | None,
        sparql_endpoint: str | None,
        issued: str | None,
        describe: tuple[str, ...],
        **rest: Any,
    ) -> Any:
        from unpact.export.void import Publication

        about = Publication(dataset, title, url, sparql_endpoint, issued)
        return command(*args, publication=(about, describe), **rest)

    return _with(
        packed,
        click.option("--url", metavar="URL", help="For void: where the files will lie."),
        click.option(
            "--sparql-endpoint", metavar="URL", help="For void and queries: a service that answers."
        ),
        click.option("--issued", metavar="DAY", help="For void: the day of publication, such as 2026-11-28."),
        click.option("--title", metavar="TEXT", help="For void and csv: a title in place of unpact's."),
        click.option("--dataset", metavar="IRI", help="For void: the dataset, where it is not unpact's."),
        click.option(
            "--describe",
            metavar="FILE",
            multiple=True,
            help="For void: a file made earlier. May be repeated.",
        ),
    )


def _with(command: Command, *options: Callable[[Command], Command]) -> Command:
    # click lists options in the reverse order in which they were added
    for option in reversed(options):
        command = option(command)
    return command
