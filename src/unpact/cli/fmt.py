"""``unpact fmt``: one layout for Turtle."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from unpact.cli.output import opened
from unpact.cli.reporting import counted
from unpact.errors import UnpactError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.corpus import CorpusFile

_STDIN = "-"
_NO_LAYOUT = "only Turtle and TriG have a layout, as long as they are not compressed"


class _Document(NamedTuple):
    """A file as it is and as it is to be."""

    file: CorpusFile
    before: str
    after: str


@click.command(
    "fmt", epilog="Examples: unpact fmt data/; unpact fmt --check '*.ttl'; unpact fmt - < mine.ttl"
)
@click.argument("path", nargs=-1, required=True)
@click.option("--check", is_flag=True, help="Write nothing; list what would change and end with code 1.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
def command(path: tuple[str, ...], *, check: bool, diff: bool) -> None:
    """Give Turtle and TriG one layout, without changing what they say.

    Each PATH is a file, a folder, a pattern, or - for standard input, whose new text goes to standard output.
    Comments stay, and so does the order of everything. A file that does not parse is left as it is and ends
    the command with code 2, once the others are done.
    """
    changed = done = failed = 0
    for file in _turtle_files(path):
        try:
            document = _read(file)
        except UnpactError as error:
            failed += 1
            _complain(error)
            continue
        done += 1
        changed += document.after != document.before
        _deliver(document, check=check, diff=diff)
    if path != (_STDIN,):
        _summarize(changed, done - changed, writing=not (check or diff))
    if failed:
        click.get_current_context().exit(2)
    if check and changed:
        click.get_current_context().exit(1)


def _turtle_files(paths: tuple[str, ...]) -> list[CorpusFile]:
    """The Turtle and TriG that the paths mean; in folders and patterns, other syntaxes are passed over."""
    from pathlib import Path

    from unpact.corpus import user_files
    from unpact.turtle.format import FORMATTED

    named = {Path(each).as_posix() for each in paths}
    found: list[CorpusFile] = []
    for file in user_files(paths):
        if file.relative == _STDIN or (file.suffix in FORMATTED and not file.compressed):
            found.append(file)
        elif file.relative in named:
            raise UsageError(_NO_LAYOUT, where=file.relative, hint="Name files that end in .ttl or .trig.")
    if not found:
        raise UsageError(f"{_NO_LAYOUT}, and there is none", where=" ".join(paths))
    return found


def _read(file: CorpusFile) -> _Document:
    from unpact.errors import DataSyntaxError
    from unpact.turtle.format import format_text

    try:
        before = file.read().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise DataSyntaxError(
            "this is not UTF-8", path=file.relative, line=line, hint="Save the file as UTF-8."
        ) from None
    return _Document(file, before, format_text(before, file=file.relative, suffix=file.suffix or ".ttl"))


def _deliver(document: _Document, *, check: bool, diff: bool) -> None:
    """Write the new text, or show what it would be."""
    file, before, after = document
    if diff:
        click.echo("".join(_difference(document)), nl=False)
    if check and after != before:
        click.echo(f"would change {file.relative}")
    if check or diff:
        return
    if file.relative == _STDIN:
        click.echo(after, nl=False)
    elif after != before:
        with opened(str(file.path)) as stream:
            stream.write(after)
        click.echo(f"changed {file.relative}")


def _difference(document: _Document) -> Iterator[str]:
    import difflib

    name = document.file.relative
    before, after = (
        # a carriage return has to be seen, and is no line of its own
        [line.replace("\r", "\\r") + "\n" for line in text.removesuffix("\n").split("\n")]
        for text in (document.before, document.after)
    )
    yield from difflib.unified_diff(before, after, f"{name} (before)", f"{name} (after)")


def _complain(error: UnpactError) -> None:
    # as the command line shows an error that ends it
    from unpact.cli.main import Failure

    Failure(str(error), error.exit_code).show()


def _summarize(changed: int, unchanged: int, *, writing: bool) -> None:
    would = "" if writing else "would be "
    click.echo(
        f"{counted(changed, 'file')} {would}changed, {unchanged:,} {'' if writing else 'would be '}left as "
        f"{'it is' if unchanged == 1 else 'they are'}",
        err=True,
    )
