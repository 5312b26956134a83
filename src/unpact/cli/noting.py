"""The notes below an answer: the discrepancies between record and article that its rows touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.cli.running import supervised

if TYPE_CHECKING:
    from unpact.cli.options import OutputOptions
    from unpact.evidence.discrepancies import Discrepancy
    from unpact.graph.interface import Graph
    from unpact.query.result import Result

_WITH_NAMES = ("table", "md")


def touched_by(
    graph: Graph, result: Result, output: OutputOptions, *, timeout: float | None = None
) -> list[Discrepancy]:
    """The discrepancies that an answer touches; a corrected name counts where names are shown."""
    from unpact.evidence.notes import touched

    named = output.format in _WITH_NAMES
    return supervised(lambda: touched(graph, result, named=named), timeout=timeout)
