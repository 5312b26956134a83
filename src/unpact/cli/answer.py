"""From an answer to what the user sees: labels looked up, the format written, an empty answer announced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from unpact.cli.output import opened
from unpact.errors import UsageError
from unpact.render import NOTED_FORMATS, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unpact.cli.options import OutputOptions
    from unpact.evidence.discrepancies import Discrepancy
    from unpact.graph.interface import Graph
    from unpact.query.result import Result
    from unpact.render.labels import Labels
    from unpact.render.notes import Note
    from unpact.render.rows import Tabular

_WITH_LABELS = ("table", "md")


def answer_rows(
    result: Tabular,
    output: OutputOptions,
    graph: Graph,
    touched: Sequence[Discrepancy] = (),
    *,
    as_of: str | None = None,
) -> None:
    """Write rows in the format that was asked for.

    The discrepancies that the rows touch become notes. A table without rows says ``no rows`` on standard
    error; with --fail-empty no rows end the command with code 1. Where `as_of` names the day that the rows
    are about, a table says so below them. What a format has no place for goes to standard error.
    """
    from unpact.render.labels import Labels, things_in

    labels = Labels(graph, output.lang)
    if output.format in _WITH_LABELS:
        labels.load(things_in(result))
    notes = _notes(graph, touched, labels)
    with opened(output.output) as stream:
        render(result, output.format, stream, labels, notes if output.format in NOTED_FORMATS else ())
        if as_of and result.rows and output.format in _WITH_LABELS:
            stream.write(f"\nas of {as_of}\n")
    if as_of and output.format not in _WITH_LABELS:
        click.echo(f"as of {as_of}", err=True)
    if output.format not in NOTED_FORMATS:
        _tell(notes)
    announce_empty(output, empty=not result.rows)


def answer_query(
    result: Result, output: OutputOptions, graph: Graph, touched: Sequence[Discrepancy] = ()
) -> None:
    """Write the answer of any SPARQL query: rows, yes or no, or triples.

    Raises UsageError when the query's form does not have the format.
    """
    if result.kind == "ask" and output.format in ("table", "json"):
        _answer_boolean(output, answer=bool(result.answer))
    elif output.format == "ttl":
        if result.kind != "construct":
            raise UsageError("only CONSTRUCT and DESCRIBE give triples", hint="Choose another --format.")
        from unpact.names import PREFIXES
        from unpact.render.turtle import write_ttl

        with opened(output.output) as stream:
            write_ttl(result.triples(), stream, PREFIXES)
        if touched:
            from unpact.render.labels import Labels

            _tell(_notes(graph, touched, Labels(graph, output.lang)))
        announce_empty(output, empty=not result.rows)
    else:
        answer_rows(result, output, graph, touched)


def answer_text(lines: Iterable[str], output: OutputOptions) -> None:
    """Write finished lines."""
    with opened(output.output) as stream:
        stream.writelines(f"{line}\n" for line in lines)


def answer_json(value: object, output: OutputOptions) -> None:
    """Write a JSON document of a command's own."""
    import json

    with opened(output.output) as stream:
        stream.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def announce_empty(output: OutputOptions, *, empty: bool) -> None:
    """Say that there are no rows where a reader would see nothing at all, and fail if that was asked for."""
    if not empty:
        return
    if output.format == "table":
        click.echo("no rows", err=True)
    if output.fail_empty:
        click.get_current_context().exit(1)


def announce_cut(result: Result) -> None:
    """Say that an answer is not whole."""
    if result.cut:
        number = len(result.rows)
        click.echo(f"unpact: only the first {number:,} rows are shown; --max-rows N shows more", err=True)


def _answer_boolean(output: OutputOptions, *, answer: bool) -> None:
    with opened(output.output) as stream:
        if output.format == "json":
            from unpact.render.results_json import write_json_boolean

            write_json_boolean(stream, answer=answer)
        else:
            stream.write("yes\n" if answer else "no\n")
    if output.fail_empty and not answer:
        click.get_current_context().exit(1)


def _notes(graph: Graph, touched: Sequence[Discrepancy], labels: Labels) -> list[Note]:
    if not touched:
        return []
    from unpact.render.notes import notes

    return notes(graph, touched, labels)


def _tell(notes: Iterable[Note]) -> None:
    from unpact.render.rows import one_line

    for each in notes:
        click.echo(one_line(str(each)), err=True)
