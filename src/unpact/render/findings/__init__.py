"""Findings for people, for programs and for the systems that run checks on every change.

The format "turtle", the validation report of the SHACL recommendation, is not one of these: it is made from
the report itself, not from findings.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, TextIO

from unpact.errors import UsageError
from unpact.render.findings.report import Report
from unpact.render.findings.style import Style, short_name

if TYPE_CHECKING:
    from unpact.render.rows import Labeller

__all__ = ["FINDING_FORMATS", "Report", "write_findings"]

_MODULES = {
    "text": "text",
    "table": "columns",
    "csv": "columns",
    "json": "documents",
    "jsonl": "documents",
    "sarif": "sarif",
    "junit": "junit",
    "github": "github",
    "gitlab": "gitlab",
    "html": "page",
}

FINDING_FORMATS: tuple[str, ...] = tuple(_MODULES)


def write_findings(
    report: Report,
    format_name: str,
    stream: TextIO,
    *,
    color: bool = False,
    width: int | None = None,
    labels: Labeller | None = None,
) -> None:
    """Write a report to `stream`; the module behind a format is imported on use.

    Args:
        report: what was found and what was checked.
        format_name: one of FINDING_FORMATS.
        stream: encodes as UTF-8 and translates no line ends, as CSV has its own.
        color: whether `text` may use the colours of a terminal.
        width: how many columns of a source line `text` shows.
        labels: gives the words for a node; without it people read CURIEs. Formats for programs have IRIs.

    Raises:
        UsageError: for a format that there is not.
        OSError: from the stream.
    """
    if format_name not in _MODULES:
        raise UsageError(
            f"findings have no format {format_name!r}", hint=f"Formats: {', '.join(FINDING_FORMATS)}."
        )
    module = import_module(f"unpact.render.findings.{_MODULES[format_name]}")
    getattr(module, f"write_{format_name}")(report, stream, Style(color, width, labels or short_name))
