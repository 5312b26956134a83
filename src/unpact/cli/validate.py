"""``unpact validate``: does the data keep to the shapes?"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from unpact.cli.options import OutputOptions, output_options
from unpact.cli.reporting import counted, reader_of, write_report
from unpact.cli.running import supervised
from unpact.cli.validate_options import (
    Counting,
    Doing,
    Source,
    counting_options,
    doing_options,
    source_options,
)

if TYPE_CHECKING:
    from unpact.finding import Finding
    from unpact.validate.baseline import Looked
    from unpact.validate.run import Validation

# of unpact.render.findings, which is imported only to write them
FORMATS = (
    *("text", "table", "csv", "json", "jsonl", "turtle", "sarif", "junit", "github", "gitlab", "html"),
)
# these tell where each check is written
_WITH_CHECKS = ("json", "sarif", "junit", "gitlab", "html")


@click.command(
    "validate",
    epilog="Examples: unpact validate; unpact validate mine.ttl; unpact validate facts/ -f sarif -o x.sarif",
)
@click.argument("path", nargs=-1)
@source_options
@counting_options
@doing_options
@output_options(FORMATS, rows=False, default="text")
def command(
    path: tuple[str, ...], source: Source, counting: Counting, doing: Doing, output: OutputOptions
) -> None:
    """Check the bundled data against the SHACL shapes, or your own Turtle together with it.

    Each PATH is a file, a folder, a pattern, or - for standard input. Findings name file, line and column,
    and say how to mend them.

    The command ends with code 0 when nothing is as bad as --severity says, with code 1 when something is,
    with code 2 when a file cannot be read as RDF, and with code 3 when a store does not answer.
    """
    if doing.explain is not None:
        from unpact.cli.validate_explain import explain_check

        explain_check(doing.explain, source, output)
    elif doing.list_checks:
        from unpact.cli.validate_checks import list_all

        list_all(source, output)
    elif doing.coverage:
        from unpact.cli.validate_coverage import show_coverage

        supervised(lambda: show_coverage(path, source, output))
    elif doing.watch:
        from unpact.cli.validate_watch import refuse_unwatchable, watch

        refuse_unwatchable(path, source, output, counting)
        watch(path, source, lambda: _check(path, source, counting, doing, output))
    else:
        _check(path, source, counting, doing, output)


def _check(
    path: tuple[str, ...], source: Source, counting: Counting, doing: Doing, output: OutputOptions
) -> None:
    """Validate once, mend if that is wanted, and report."""
    started = time.perf_counter()

    def once() -> Validation:
        return supervised(
            lambda: _validation(path, source, details=output.format == "turtle"), doing="validating"
        )

    found = once()
    for note in found.notes:
        click.echo(f"unpact: {note}", err=True)
    if doing.fix or doing.diff:
        from unpact.cli.validate_fix import mend

        if source.elsewhere:
            raise click.UsageError("--fix and --diff are for files.")
        aside = output.format != "text"
        found = mend(found, source, counting.selection, once, write=doing.fix and not doing.diff, aside=aside)
    _conclude(found, counting, output, seconds=time.perf_counter() - started)


def _validation(path: tuple[str, ...], source: Source, *, details: bool) -> Validation:
    from unpact.corpus import bundled

    if source.elsewhere:
        return _validation_elsewhere(source, details=details)
    from unpact.validate.run import validate

    return validate(
        bundled(),
        path,
        shapes=source.shapes,
        alone=source.alone,
        engine=source.engine,
        since=source.since,
        details=details,
        cache=source.cache,
    )


def _validation_elsewhere(source: Source, *, details: bool) -> Validation:
    from unpact.corpus import bundled
    from unpact.elsewhere import connection_of, open_elsewhere, queries_of
    from unpact.names import INFERRED_GRAPH
    from unpact.validate.elsewhere import data_at_endpoint, data_of_store, validate_elsewhere

    where = connection_of(source.store, source.endpoint)
    if where.store is not None:
        elsewhere = data_of_store(where.store, graphs=source.graphs)
    else:
        # what unpact loaded there, without what it inferred; where it loaded nothing, all there is
        loaded = () if source.graphs else open_elsewhere(where).default_graph
        graphs = source.graphs or [graph for graph in loaded if graph != INFERRED_GRAPH]
        elsewhere = data_at_endpoint(queries_of(where), graphs=graphs)
    return validate_elsewhere(
        bundled(), elsewhere, shapes=source.shapes, engine=source.engine, details=details
    )


def _conclude(found: Validation, counting: Counting, output: OutputOptions, *, seconds: float) -> None:
    """Write what counts, and end the command with the code that fits."""
    from unpact.validate.consistency import CONSISTENCY_CHECKS
    from unpact.validate.selection import selected
    from unpact.validate.soundness.checks import CHECKS as SOUNDNESS_CHECKS
    from unpact.validate.syntax import MALFORMED, SYNTAX_CHECKS

    checks = [
        *SYNTAX_CHECKS,
        *CONSISTENCY_CHECKS,
        *SOUNDNESS_CHECKS,
        *found.shapes.checks(places=output.format in _WITH_CHECKS),
    ]
    counting.selection.refuse_unknown(check.id for check in checks)
    findings, checks = selected(found.findings, checks, counting.selection)
    if counting.baseline is not None:
        findings = _without_known(findings, found, counting)
    # of a file that is not RDF nothing is known, so no choice and no baseline lets it pass
    broken = [each for each in found.findings if each.check == MALFORMED]
    findings += [each for each in broken if each not in findings]
    passed = counting.threshold.passed(findings)
    if output.format == "turtle":
        _write_turtle(found, output)
    else:
        from unpact.render.findings import Report

        read = reader_of((*found.files, *found.shapes.files))
        shapes = len(found.shapes.graph.with_targets())
        report = Report(findings, checks, passed, len(found.files), read, shapes, seconds)
        write_report(report, output)
    if broken or not found.usable:
        click.get_current_context().exit(2)
    if not passed:
        click.get_current_context().exit(1)


def _without_known(findings: list[Finding], found: Validation, counting: Counting) -> list[Finding]:
    from unpact.validate.baseline import new_findings, read_baseline, write_baseline

    path = Path(counting.baseline or "")
    if counting.update_baseline:
        number, before = write_baseline(path, findings, _looked(found, counting))
        rest = f", {before:,} of them from before in what was not checked now" if before else ""
        click.echo(f"unpact: {path} now knows {counted(number)}{rest}", err=True)
        return []
    left = new_findings(findings, read_baseline(path))
    if len(left) < len(findings):
        known = counted(len(findings) - len(left))
        click.echo(f"unpact: {known} known from {path}", err=True)
    return left


def _looked(found: Validation, counting: Counting) -> Looked:
    """What the run looked at; where a file could not be read, no check but the syntax was asked."""
    from unpact.validate.baseline import Looked
    from unpact.validate.syntax import SYNTAX_CHECKS

    syntax = {check.id for check in SYNTAX_CHECKS}
    only_syntax = not found.usable or (
        bool(found.findings) and {each.check for each in found.findings} <= syntax
    )

    def takes(check: str) -> bool:
        return counting.selection.takes(check) and (check in syntax or not only_syntax)

    stores = [] if found.store is None else [found.store]
    return Looked(takes, [*stores, *(file.relative for file in (*found.files, *found.shapes.files))])


def _write_turtle(found: Validation, output: OutputOptions) -> None:
    from unpact.cli.output import opened
    from unpact.names import PREFIXES
    from unpact.render.turtle import write_ttl
    from unpact.validate.w3c import report_triples

    with opened(output.output) as stream:
        triples = report_triples(found.results, found.shapes.graph, unread=_unread(found))
        write_ttl(triples, stream, PREFIXES)


def _unread(found: Validation) -> bool:
    """Whether something kept the shapes from being asked of all there is."""
    from unpact.validate.syntax import SYNTAX_CHECKS

    syntax = {check.id for check in SYNTAX_CHECKS}
    return not found.usable or any(finding.check in syntax for finding in found.findings)
