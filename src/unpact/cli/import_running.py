"""What both forms of ``unpact import`` do around the reading of a table."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from unpact.cli.opening import open_graph
from unpact.cli.output import opened
from unpact.cli.progress import MANY_BYTES, bar
from unpact.cli.reporting import counted

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from unpact.cli.import_options import ImportOptions
    from unpact.importing.dates import PartialDate
    from unpact.importing.known import Known
    from unpact.importing.remarks import Remark
    from unpact.importing.run import Task
    from unpact.importing.source import Source


def known_to(options: ImportOptions) -> Known:
    """The graph that a table is read against, without what an earlier run wrote to the same file.

    Raises:
        DataSyntaxError: for Turtle of the user's that is none.
        UsageError: for a path that cannot be read.
    """
    from unpact.importing.known import Known

    return Known(open_graph(options.graph), _own_graph(options))


def day_of(options: ImportOptions) -> PartialDate | None:
    """The day that --as-of gives.

    Raises:
        UsageError: when it is no date.
    """
    from unpact.errors import UsageError
    from unpact.importing.dates import parse_date

    if options.as_of is None:
        return None
    try:
        return parse_date(options.as_of)
    except UsageError as error:
        raise UsageError(error.message, where="--as-of", hint=error.hint) from None


def named_source(options: ImportOptions, known: Known, name: str) -> Source:
    """The source that --source names: one of the graph, or a new one.

    Raises:
        UsageError: when a new one lacks --publisher or --url, or one of the graph is given them.
    """
    from unpact.errors import UsageError
    from unpact.importing.source import known_source, new_source

    day = day_of(options)
    found = known_source(known, name, day)
    if found is None:
        if options.publisher is None or options.url is None:
            raise UsageError(
                f"no source of the graph is called {name!r}, and a new one needs a publisher and an address",
                hint="Add --publisher TEXT and --url URL.",
            )
        return new_source(name, options.publisher, options.url, day)
    if options.publisher is not None or options.url is not None:
        raise UsageError(
            f"the graph knows the source {name!r}, with its publisher and its address",
            hint="Leave --publisher and --url out, or name another source.",
        )
    return found


def run(options: ImportOptions, known: Known, source: Source, work: Callable[[Task], Counter[str]]) -> None:
    """Read the table and write the Turtle, which appears when it is whole.

    With --strict it appears only when nothing was left out; the command else ends with code 1.

    Raises:
        UsageError: for a table or an output that cannot be opened, and as `work` raises it.
    """
    from unpact.importing.run import Task
    from unpact.importing.tables import opened_table

    sure = source._replace(confidence=options.confidence or "")
    with opened_table(options.table) as stream, _watched(stream) as lines, _undoable(options) as output:
        task = Task(
            lines, options.table, output, known, sure, _teller(options), options.only, options.delimiter
        )
        counts = work(task)
        if options.strict and counts["left out"]:
            click.echo(f"{_summary(counts)}; nothing was written, because of --strict", err=True)
            click.get_current_context().exit(1)
    click.echo(_summary(counts), err=True)


def _own_graph(options: ImportOptions) -> str | None:
    from unpact.corpus import bundled, user_files

    if options.output is None:
        return None
    output = Path(options.output).resolve()
    files = [*bundled().data_files(), *(user_files(options.graph.data) if options.graph.data else ())]
    return next((file.graph_iri for file in files if file.path.resolve() == output), None)


def _teller(options: ImportOptions) -> Callable[[Remark], None]:
    def tell(remark: Remark) -> None:
        # what stands in a table must not steer the terminal
        line = f"{options.table}:{remark}"
        if not line.isprintable():
            line = "".join(character if character.isprintable() else "?" for character in line)
        click.echo(line, err=True)

    return tell


@contextmanager
def _undoable(options: ImportOptions) -> Iterator[TextIO]:
    """The stream for the Turtle, which takes back what it got when the command ends early."""
    with opened(options.output) as stream:
        if not options.strict or options.output not in (None, "-"):
            yield stream
            return
        # standard output takes nothing back
        import shutil
        import tempfile

        with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as kept:
            yield kept
            kept.seek(0)
            shutil.copyfileobj(kept, stream)


def _summary(counts: Counter[str]) -> str:
    new = [
        counted(counts[what], what[:-1]) for what in ("acts", "memberships", "participants") if counts[what]
    ]
    parts = [
        f"{counted(counts['rows'], 'row')}, {counts['resolved']:,} with a known participant",
        f"written: {', '.join(new) or 'nothing'}",
        *([f"confirmed in the graph: {counts['confirmed']:,}"] if counts["confirmed"] else []),
        *([f"with footnotes, which are passed over: {counts['footnoted']:,}"] if counts["footnoted"] else []),
        f"left out: {counts['left out']:,}",
    ]
    return "; ".join(parts)


@contextmanager
def _watched(stream: BinaryIO) -> Iterator[Iterator[bytes]]:
    """The lines of a stream, with a bar on standard error where that is a terminal and they are many."""
    with bar(_size(stream), "reading", MANY_BYTES) as advance:

        def lines() -> Iterator[bytes]:
            for line in stream:
                if advance is not None:
                    advance(len(line))
                yield line

        yield lines() if advance is not None else iter(stream)


def _size(stream: BinaryIO) -> int:
    try:
        return os.fstat(stream.fileno()).st_size
    except OSError:
        # no file of the system's, as when a test gives the input
        return 0
