"""``unpact validate --watch``: validates again whenever a file changes, until Ctrl-C."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from unpact.errors import UnpactError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from unpact.cli.options import OutputOptions
    from unpact.cli.validate_options import Counting, Source
    from unpact.validate.watch import Change


def refuse_unwatchable(
    path: tuple[str, ...], source: Source, output: OutputOptions, counting: Counting | None = None
) -> None:
    """Refuse what cannot be done again and again: read the standard input, fill a file, watch a store.

    Raises UsageError of click.
    """
    if "-" in (*path, *source.shapes):
        raise click.UsageError("--watch cannot read the standard input again: name a file.")
    if source.elsewhere:
        raise click.UsageError("--watch is for files.")
    if counting is not None and counting.update_baseline:
        raise click.UsageError("--watch and --update-baseline do not go together.")
    if output.output is not None:
        raise click.UsageError("--watch shows what it finds and fills no file: leave out -o.")


def watch(
    path: tuple[str, ...],
    source: Source,
    validate_once: Callable[[], None],
    *,
    changed: Iterable[Change] | None = None,
) -> None:
    """Validate now, and again after each change; only Ctrl-C ends it, with code 130.

    An error is shown, and so is the verdict, but neither ends it.

    Args:
        path: the user's files, as they were named.
        source: what is checked against what.
        validate_once: validates and reports; it may raise or end the command as it would without --watch.
        changed: the changes to wait for, if not those of the files.
    """
    for change in _changes(path, source) if changed is None else changed:
        # click clears nothing where the output is no terminal
        click.clear()
        click.echo(f"unpact: {time.strftime('%H:%M:%S')} {_printable(str(change))}", err=True)
        _survive(validate_once)


def _changes(path: tuple[str, ...], source: Source) -> Iterable[Change]:
    from unpact.corpus import bundled
    from unpact.validate.watch import changes, snapshot, watched_files

    corpus = bundled()
    return changes(lambda: snapshot(watched_files(corpus, path, shapes=source.shapes, alone=source.alone)))


def _survive(validate_once: Callable[[], None]) -> None:
    from unpact.cli.main import Failure

    try:
        validate_once()
    except click.exceptions.Exit:
        # the code of a verdict that the next change may turn
        return
    except click.ClickException as error:
        error.show()
    except UnpactError as error:
        Failure(str(error), error.exit_code).show()
    except BrokenPipeError:
        raise
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        Failure(f"{where}{(error.strerror or str(error)).lower()}", 2).show()


def _printable(text: str) -> str:
    # the name of a file must not steer the terminal
    return "".join(character if character.isprintable() else "?" for character in text)
