"""``unpact validate --fix`` and ``--diff``: mend what has exactly one safe mend, or show how."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from unpact.cli.reporting import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from unpact.cli.validate_options import Source
    from unpact.validate.fix import Fix
    from unpact.validate.run import Validation
    from unpact.validate.selection import Selection

_NO_NEWLINE = "\\ No newline at end of file\n"


def mend(
    found: Validation,
    source: Source,
    selection: Selection,
    again: Callable[[], Validation],
    *,
    write: bool,
    aside: bool,
) -> Validation:
    """Show what can be mended, mend it if `write`, and give what is to be reported: what is left.

    Args:
        found: by the validation.
        source: what was checked against what.
        selection: the checks whose findings are to be mended.
        again: validates once more, when files have changed.
        write: whether to change the files.
        aside: whether the difference goes to standard error, since programs read the report.

    Raises:
        UsageError: when the bundled tree is to be mended and is an installed one, and for a file that has
            changed or cannot be written.
    """
    from unpact.cli.running import supervised
    from unpact.corpus import bundled
    from unpact.validate.fix import apply, proposed_fixes

    proposal = supervised(
        lambda: proposed_fixes(
            found, bundled(), selection=selection, engine=source.engine, cache=source.cache
        )
    )
    for note in proposal.notes:
        click.echo(f"unpact: {note}", err=True)
    for fix in proposal.fixes:
        click.echo("".join(difference(fix)), nl=False, err=aside)
    if write:
        apply(proposal.fixes)
    mended = len({finding for fix in proposal.fixes for finding in fix.findings})
    would = "" if write else "would be "
    files = counted(len(proposal.fixes), "file")
    click.echo(f"unpact: {counted(mended)} {would}mended in {files}", err=True)
    if not write or not proposal.fixes:
        return found
    # the standard input cannot be read a second time
    of_stdin = any(file.relative == "-" for file in found.files)
    return proposal.left if of_stdin else again()


def difference(fix: Fix) -> Iterator[str]:
    """What a fix changes, as a unified diff that programs can apply."""
    import difflib

    name = fix.file.relative
    before, after = ([f"{line}\n" for line in text.split("\n")] for text in (fix.before, fix.after))
    # what stands behind the last line break is a line only if it is something
    ends = [lines.pop() for lines in (before, after)]
    if ends[0] != "\n":
        before.append(ends[0] + _NO_NEWLINE)
        after.append(ends[1] + _NO_NEWLINE)
    yield from difflib.unified_diff(before, after, name, name)
