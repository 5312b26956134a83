"""``unpact queries check``: what is wrong with the stored queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from unpact.cli.answer import answer_text
from unpact.cli.opening import open_graph
from unpact.cli.options import GraphOptions
from unpact.cli.query_findings import write_query_findings
from unpact.cli.running import supervised

if TYPE_CHECKING:
    from unpact.cli.options import OutputOptions


def check_stored_queries(output: OutputOptions) -> None:
    """Check the bundled stored queries against the bundled graph; findings end the command with code 1."""
    from unpact.corpus import bundled
    from unpact.query.check import STORED_CHECKS, check_queries

    paths = [file.path for file in bundled().query_files()]
    graph = open_graph(GraphOptions())
    findings = supervised(lambda: check_queries(paths, graph))
    if not findings and output.format not in ("json", "jsonl"):
        answer_text([f"{len(paths)} stored queries, nothing wrong"], output)
        return
    texts = {str(path): path.read_text(encoding="utf-8-sig", errors="replace") for path in paths}
    form = output.format if output.format in ("json", "jsonl") else "text"
    write_query_findings(findings, STORED_CHECKS, texts, output._replace(format=form), conforms=not findings)
    if findings:
        click.get_current_context().exit(1)
