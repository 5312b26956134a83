"""``unpact queries check``: what is wrong with the stored queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from unpact.cli.answer import answer_json, answer_text
from unpact.cli.findings import counted
from unpact.cli.opening import open_graph
from unpact.cli.options import GraphOptions
from unpact.cli.running import supervised

if TYPE_CHECKING:
    from unpact.cli.options import OutputOptions


def check_stored_queries(output: OutputOptions) -> None:
    """Check the bundled stored queries against the bundled graph; findings end the command with code 1."""
    from unpact.corpus import bundled
    from unpact.query.check import check_queries

    paths = [file.path for file in bundled().query_files()]
    graph = open_graph(GraphOptions())
    findings = supervised(lambda: check_queries(paths, graph))
    if output.format == "json":
        found = [{"file": str(each.path), "line": each.line, "message": each.message} for each in findings]
        answer_json(found, output)
    else:
        summary = counted(len(findings)) if findings else f"{len(paths)} stored queries, nothing wrong"
        answer_text([*map(str, findings), summary], output)
    if findings:
        click.get_current_context().exit(1)
