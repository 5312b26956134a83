"""``unpact import memberships``: a table of the members of a body."""

from __future__ import annotations

import click

from unpact.cli.import_options import ImportOptions, import_options


@click.command(
    "memberships",
    short_help="Memberships in a body, from a table of its members.",
    epilog="Example: unpact import memberships members.csv --body CND --source 'Members of the CND' "
    "--publisher UNODC --url https://www.unodc.org/ -o members.ttl",
)
@click.option("--body", metavar="NAME", required=True, help="Name, acronym or IRI of the body.")
@import_options(source="Needed here.")
def memberships(body: str, options: ImportOptions) -> None:
    """Turn TABLE, a table of the members of a body, into memberships.

    TABLE is delimited text in UTF-8, or - for standard input, with a header of member, from, to and role in
    any order; only member has to be there. A date is a day, a month or a year: 2022-01-31, 31 Jan 2022,
    Jan 2022, 2022. A role is a topic, such as vice president; without one, it is that of a member.

    A membership that the graph has already is not written again: the source is added to it, and the ends that
    it lacks. What is left out is named on standard error, and stands in the output as a comment.
    """
    from unpact.cli.import_running import known_to, named_source, run
    from unpact.errors import UsageError
    from unpact.importing.run import find_body, import_memberships

    if options.source is None:
        raise UsageError(
            "a membership rests on a source",
            hint="Add --source NAME, and --publisher and --url for a new one.",
        )
    known = known_to(options)
    found = find_body(known, body)
    source = named_source(options, known, options.source)
    run(options, known, source, lambda task: import_memberships(task, found))
