"""Answers as text: a table for people, and CSV, TSV, JSON, JSON Lines, Markdown and Turtle."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, TextIO

from unpact.render.rows import FORMATS, ROW_FORMATS, Labeller, Tabular

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.render.notes import Note

__all__ = ["FORMATS", "NOTED_FORMATS", "ROW_FORMATS", "render"]

_WRITERS = {
    "table": "table",
    "csv": "separated",
    "tsv": "separated",
    "json": "results_json",
    "jsonl": "results_json",
    "md": "markdown",
}


#: The formats with a place for notes.
NOTED_FORMATS = ("table", "md", "json")


def render(
    result: Tabular, format_name: str, stream: TextIO, labels: Labeller, notes: Sequence[Note] = ()
) -> None:
    """Write the rows of `result` to `stream` in one of ROW_FORMATS; the module behind a format is imported on
    use.

    `labels` names the things in tables and Markdown; the machine formats carry the IRIs themselves. `notes`
    are for NOTED_FORMATS alone. Raises KeyError for a format that rows do not have, and OSError from the
    stream.
    """
    module = import_module(f"unpact.render.{_WRITERS[format_name]}")
    write = getattr(module, f"write_{format_name}")
    if notes:
        write(result, stream, labels, notes)
    else:
        write(result, stream, labels)
