"""Reports of findings in the format that was asked for: the one place that all checking commands use."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

from unpact.cli.output import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from unpact.cli.options import OutputOptions
    from unpact.corpus import CorpusFile
    from unpact.render.findings import Report

_WIDTH = 100


def write_report(report: Report, output: OutputOptions) -> None:
    """Write a report.

    Args:
        report: what was found and what was checked.
        output: format, one of `unpact.render.findings.FINDING_FORMATS`, and file.

    Raises:
        UsageError: when the file cannot be written.
    """
    from unpact.render.findings import write_findings

    with opened(output.output) as stream:
        write_findings(report, output.format, stream, color=is_colourful(stream))


def wrapped(text: str, indent: str = "") -> list[str]:
    """A paragraph in lines; long names and regular expressions are not broken."""
    import textwrap

    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def reader_of(files: Iterable[CorpusFile]) -> Callable[[str], str | None]:
    """Gives the text of a file by its name; None for a file that is not one of these."""
    known = {file.relative: file for file in files}

    def read(name: str) -> str | None:
        from unpact.corpus.syntax import decompressed

        file = known.get(name)
        return None if file is None else decompressed(file, file.read()).decode("utf-8", errors="replace")

    return read


def is_colourful(stream: TextIO) -> bool:
    """Whether a stream shows colours, and the user has nothing against them (no-color.org)."""
    return stream is sys.stdout and sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def counted(number: int, noun: str = "finding") -> str:
    """``1 finding``, ``2 findings``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
