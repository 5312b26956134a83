"""``unpact import untc``: a status table of the United Nations Treaty Collection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from unpact.cli.import_options import ImportOptions, import_options

if TYPE_CHECKING:
    from unpact.importing.source import Source
    from unpact.importing.treaty_table import Treaty


@click.command(
    "untc",
    short_help="Acts under a treaty, from a status table of the UN Treaty Collection.",
    epilog="Examples: unpact import untc parties.csv --treaty UNTOC --as-of 2015-03-12 -o parties.ttl; "
    "unpact import untc - --treaty XVIII-14 --only PAK --strict < parties.csv",
)
@click.option("--treaty", metavar="NAME", required=True, help="Name, acronym, number or IRI of the treaty.")
@import_options(source="[default: the UN Treaty Collection's page on the treaty]")
def untc(treaty: str, options: ImportOptions) -> None:
    """Turn TABLE, a status table of the UN Treaty Collection, into acts under a treaty.

    TABLE is delimited text in UTF-8, or - for standard input. Its header says what a date means: a bare one
    is what the heading names without a letter, as in "Ratification, Acceptance(A), Accession(a)"; behind a
    date, a is accession, A acceptance, AA approval, d succession, s definitive signature, c formal
    confirmation and P provisional application, unless the header says otherwise. Footnote marks are passed
    over. A title may stand above the header.

    An act that the graph has already is not written again: the source is added to it. Where the two differ,
    the cell is left out. What is left out is named on standard error, and stands in the output as a comment.
    """
    from unpact.cli.import_running import known_to, named_source, run
    from unpact.importing.run import find_treaty, import_treaty

    known = known_to(options)
    found = find_treaty(known, treaty)
    named = options.source
    source = _page(options, found) if named is None else named_source(options, known, named)
    run(options, known, source, lambda task: import_treaty(task, found))


def _page(options: ImportOptions, treaty: Treaty) -> Source:
    from unpact.cli.import_running import day_of
    from unpact.importing.source import collection_page

    return collection_page(
        treaty.label, treaty.local, treaty.number, day_of(options), options.publisher, options.url
    )
