"""``unpact diff``: how two versions of the graph differ, in the words of the domain."""

# ruff: noqa: ANN401 - a decorator passes on whatever the command takes and gives

from __future__ import annotations

import functools
from typing import Any, NamedTuple

import click

from unpact.cli.options import Command, OutputOptions, output_options
from unpact.cli.running import supervised
from unpact.errors import UsageError
from unpact.render.differences import DIFFERENCE_FORMATS


class Depth(NamedTuple):
    """What is compared beside what is stated."""

    inferred: bool
    answers: bool
    queries: tuple[str, ...]
    only_data: bool


def _depth_options(command: Command) -> Command:
    """Add --inferred, --answers, --query and --only-data, given to `command` as ``depth``, a Depth."""

    @functools.wraps(command)
    def packed(
        *args: Any, inferred: bool, answers: bool, queries: tuple[str, ...], only_data: bool, **rest: Any
    ) -> Any:
        return command(*args, depth=Depth(inferred, answers, queries, only_data), **rest)

    options = (
        click.option(
            "--inferred",
            is_flag=True,
            help="Also show what follows now and did not, and what no longer does.",
        ),
        click.option(
            "--answers",
            is_flag=True,
            help="Also show how the answers of all stored queries' examples change; takes seconds at first.",
        ),
        click.option(
            "--query",
            "queries",
            metavar="NAME",
            multiple=True,
            help="Show how the answers of this stored query change. May be repeated.",
        ),
        click.option(
            "--only-data", is_flag=True, help="Ask files without the bundled facts; the ontology stays."
        ),
    )
    for option in reversed(options):
        packed = option(packed)
    return packed


@click.command(
    "diff",
    epilog="Examples: unpact diff HEAD~1; unpact diff v0.1 v0.2 -f md; unpact diff old.ttl new.ttl --answers",
)
@click.argument("old", required=False)
@click.argument("new", required=False)
@_depth_options
@click.option("--verbose", "-v", is_flag=True, help="With the facts of what was added or removed.")
@click.option("--exit-code", "--check", is_flag=True, help="End with code 1 when something differs.")
@output_options(DIFFERENCE_FORMATS, rows=False, default="text")
def command(
    old: str | None,
    new: str | None,
    output: OutputOptions,
    depth: Depth,
    *,
    verbose: bool,
    exit_code: bool,
) -> None:
    """Show how two versions of the graph differ, thing by thing and not line by line.

    OLD and NEW are each an RDF file, a folder, - for standard input, a git revision (HEAD~3, v0.4), a path at
    one (v0.4:data), or bundled for the files that came with unpact. A revision stands for the working state
    as it was: the ontology, data and queries around the current folder, else the RDF in it, else the bundled
    files. Without NEW, OLD is compared with what there is now; without both, the last commit is. A name that
    is a path and a revision is refused; ./NAME is the path, NAME: the revision. OLD..NEW works as in git.

    What does not matter to the graph does not count: the order and layout of files, names of blank nodes, in
    which file a fact stands. Evidence is told with its fact, and a thing of which only the IRI changed is
    renamed. The format md is a changelog, and patch a SPARQL 1.1 Update that makes NEW of OLD.
    """
    if output.format == "patch" and (depth.inferred or depth.answers or depth.queries):
        raise UsageError(
            "a patch holds what is stated, neither what follows nor answers", hint="Leave these options out."
        )
    from unpact.cli.output import opened
    from unpact.cli.reporting import is_colourful
    from unpact.diff import compare
    from unpact.render.differences import write_difference

    found = supervised(lambda: compare(old, new, **depth._asdict()), doing="comparing")
    with opened(output.output) as stream:
        write_difference(
            found, output.format, stream, output.lang, verbose=verbose, color=is_colourful(stream)
        )
    if not found:
        click.echo("no difference", err=True)
    elif exit_code:
        click.get_current_context().exit(1)
