"""Where an answer goes: standard output, or a file that is either written whole or not touched."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from unpact.atomic import discard_unfinished, text_file
from unpact.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["discard_unfinished", "opened"]


@contextmanager
def opened(name: str | None) -> Iterator[TextIO]:
    """The stream for an answer: standard output for None and ``-``, else a file that appears when whole.

    Raises UsageError when the file cannot be written, be it the folder, the permissions or the space; an
    older file of that name is then as it was. A link is followed, permissions stay, and what is no regular
    file (a pipe, a device) is written directly.
    """
    if name is None or name == "-":
        yield sys.stdout
        sys.stdout.flush()
        return
    try:
        with text_file(Path(name)) as stream:
            yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(
            f"cannot write {name}: {(error.strerror or str(error)).lower()}",
            hint="Name another file with -o FILE.",
        ) from None
