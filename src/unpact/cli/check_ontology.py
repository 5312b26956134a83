"""``unpact check-ontology``: is an ontology free of the pitfalls that others fell into?"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from unpact.cli.options import OutputOptions, output_options
from unpact.cli.reporting import counted, reader_of, write_report
from unpact.cli.running import supervised
from unpact.cli.validate_options import Counting, counting_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.corpus import CorpusFile
    from unpact.finding import Finding
    from unpact.ontology_checks.profile import Profile
    from unpact.validate.checks import Check

# of unpact.render.findings, which is imported only to write them
FORMATS = ("text", "table", "csv", "json", "jsonl", "sarif", "junit", "github", "gitlab", "html")
_LISTING = "unpact check-ontology --list"


class Checked(NamedTuple):
    """What is checked: the files of an ontology, data and rules that use it, and the profile."""

    files: list[CorpusFile]
    data: list[CorpusFile] | None
    rules: list[CorpusFile]
    profile: Path


@click.command(
    "check-ontology",
    epilog="Examples: unpact check-ontology; unpact check-ontology mine.ttl --severity warning; "
    "unpact check-ontology --explain term/label",
)
@click.argument("path", nargs=-1)
@click.option(
    "--profile", metavar="FILE", help="How bad each finding is; YAML that may extend another profile."
)
@click.option(
    "--data",
    metavar="PATH",
    multiple=True,
    help="Data that uses the ontology: a term that it does not use is reported. May be repeated.",
)
@click.option(
    "--namespace",
    metavar="IRI",
    multiple=True,
    help="Where the ontology's own terms lie, if its header does not say so. May be repeated.",
)
@click.option("--list", "listed", is_flag=True, help="List the checks.")
@click.option("--explain", metavar="CHECK", help="Say what a check finds, with an example.")
@counting_options
@output_options(FORMATS, rows=False, default="text")
def command(  # noqa: PLR0913 - each is an option that users know by name
    path: tuple[str, ...],
    profile: str | None,
    data: tuple[str, ...],
    namespace: tuple[str, ...],
    explain: str | None,
    counting: Counting,
    output: OutputOptions,
    *,
    listed: bool,
) -> None:
    """Look for known pitfalls in the bundled ontology, or in your own.

    Each PATH is a file, a folder, a pattern, or - for standard input. The checks follow OOPS! and FOOPS! as
    far as files alone can tell; nothing is fetched. Findings name file, line and column, and say what to do.

    The command ends with code 0 when nothing is as bad as --severity says, with code 1 when something is,
    and with code 2 when a file cannot be read as RDF.
    """
    if listed and explain is not None:
        raise click.UsageError("--list and --explain do not go together.")
    chosen = _profile_path(path, profile)
    if explain is not None or listed:
        from unpact.cli.check_ontology_checks import explain_check, list_checks

        if explain is not None:
            explain_check(explain, chosen, output)
        else:
            list_checks(chosen, output)
        return
    _check(_checked(path, data, chosen), namespace, counting, output)


def _profile_path(path: tuple[str, ...], profile: str | None) -> Path:
    """The profile that the user names; else that of the bundled ontology, or the default for one's own."""
    from unpact.ontology_checks.profile import DEFAULT

    if profile is not None:
        return Path(profile)
    if path:
        return DEFAULT
    from unpact.corpus import bundled

    return bundled().ontology_profile or DEFAULT


def _checked(path: tuple[str, ...], data: tuple[str, ...], profile: Path) -> Checked:
    from unpact.corpus import bundled, user_files

    if path:
        return Checked(user_files(path), user_files(data) if data else None, [], profile)
    corpus = bundled()
    return Checked(
        corpus.ontology_files(), [*corpus.data_files(), *user_files(data)], corpus.rule_files(), profile
    )


def _check(checked: Checked, namespaces: tuple[str, ...], counting: Counting, output: OutputOptions) -> None:
    """Check once, and report."""
    from unpact.ontology_checks.catalogue import ontology_checks
    from unpact.ontology_checks.profile import read_profile
    from unpact.render.findings import Report
    from unpact.validate.syntax import MALFORMED, SYNTAX_CHECKS

    started = time.perf_counter()
    known = ontology_checks()
    ids = [*(check.id for check in SYNTAX_CHECKS), *known]
    counting.selection.refuse_unknown(ids, _LISTING)
    profile = read_profile(checked.profile, known)
    found, unread = supervised(lambda: _findings(checked, profile, namespaces, counting))
    findings = _without_known(found, checked, counting) if counting.baseline is not None else found
    # of a file that is not RDF nothing is known, so no baseline lets it pass
    broken = [each for each in found if each.check == MALFORMED]
    findings += [each for each in broken if each not in findings]
    passed = counting.threshold.passed(findings)
    checks = _described(profile, counting, findings, output)
    read = reader_of(checked.files)
    seconds = time.perf_counter() - started
    write_report(Report(findings, checks, passed, len(checked.files), read, seconds=seconds), output)
    if unread:
        click.get_current_context().exit(2)
    if not passed:
        click.get_current_context().exit(1)


def _findings(
    checked: Checked, profile: Profile, namespaces: tuple[str, ...], counting: Counting
) -> tuple[list[Finding], bool]:
    """What is found, and whether a file could not be read: then that alone."""
    from unpact.errors import DataSyntaxError
    from unpact.ontology_checks.run import check_ontology
    from unpact.validate.syntax import MALFORMED, syntax_findings

    takes = counting.selection.takes
    try:
        found = check_ontology(
            checked.files,
            profile,
            data=checked.data,
            rules=checked.rules,
            namespaces=namespaces,
            takes=takes,
        )
    except DataSyntaxError:
        wrong = syntax_findings([*checked.files, *(checked.data or ())])
        return [each for each in wrong if each.check == MALFORMED or takes(each.check)], True
    return found, False


def _described(
    profile: Profile, counting: Counting, findings: Sequence[Finding], output: OutputOptions
) -> list[Check]:
    """The checks that were made; for a format that names only what was found, those that found something."""
    from unpact.ontology_checks.catalogue import ontology_checks
    from unpact.validate.syntax import SYNTAX_CHECKS

    made = [check for check in SYNTAX_CHECKS if counting.selection.takes(check.id)]
    found = {finding.check for finding in findings}
    for check in ontology_checks().values():
        severity = profile.severity(check.id)
        # to read all headers takes longer than to ask all checks
        asked = output.format not in ("text", "csv", "jsonl", "github") or check.id in found
        if severity is not None and asked and counting.selection.takes(check.id):
            made.append(check.described(severity))
    return made


def _without_known(findings: list[Finding], checked: Checked, counting: Counting) -> list[Finding]:
    from unpact.validate.baseline import Looked, new_findings, read_baseline, write_baseline

    path = Path(counting.baseline or "")
    if counting.update_baseline:
        looked = Looked(counting.selection.takes, [file.relative for file in checked.files])
        number, _ = write_baseline(path, findings, looked)
        click.echo(f"unpact: {path} now knows {counted(number)}", err=True)
        return []
    left = new_findings(findings, read_baseline(path))
    if len(left) < len(findings):
        click.echo(f"unpact: {counted(len(findings) - len(left))} known from {path}", err=True)
    return left
