"""``unpact show``: everything about one thing, in words."""

from __future__ import annotations

import click

from unpact.cli.answer import answer_json, answer_text
from unpact.cli.opening import open_explained
from unpact.cli.options import GraphOptions, OutputOptions, graph_options, output_options
from unpact.cli.running import supervised
from unpact.query.period import TODAY, period_of


@click.command(
    "show",
    epilog="Examples: unpact show UNODC; unpact show 'UNODC Country Programme-II'; unpact show PK -f json",
)
@click.argument("thing", nargs=-1, required=True)
@click.option(
    "--as-of",
    metavar="PERIOD",
    default=TODAY,
    show_default=True,
    help="The day, month or year that it is shown for.",
)
@output_options(("table", "json", "ttl"), rows=False)
@graph_options
def command(thing: tuple[str, ...], as_of: str, source: GraphOptions, output: OutputOptions) -> None:
    """Show everything about one thing: what it is, its facts, and what speaks of it.

    THING is a label in any language, an acronym, an identifier such as an ISO code, or an IRI. Each line ends
    with the sentences it rests on; what follows from other facts is marked (inferred), and what has dates is
    marked by what it is as of the day: planned, current, ended, later, uncertain or unknown.
    """
    period = period_of(as_of)
    from unpact.query.resolve import Resolver

    graph, derivations = open_explained(source)
    name = " ".join(thing)
    found = supervised(lambda: Resolver(graph).resolve(name))
    if output.format == "ttl":
        from unpact.cli.output import opened
        from unpact.describe.turtle import triples_about
        from unpact.names import PREFIXES
        from unpact.render.turtle import write_ttl

        triples = supervised(lambda: list(triples_about(graph, found)))
        with opened(output.output) as stream:
            write_ttl(triples, stream, PREFIXES)
        return
    from unpact.describe.page import description_page
    from unpact.describe.show import show
    from unpact.describe.wording import as_json, as_of_line, heading, sections, things_in
    from unpact.render.labels import Labels
    from unpact.render.notes import noted_facts

    description = supervised(lambda: show(graph, found, period, derivations), doing="looking up")
    labels = Labels(graph, output.lang)
    labels.load(things_in(description))
    noted = noted_facts(graph, labels)
    if output.format == "json":
        answer_json(as_json(description, labels, noted), output)
    else:
        head = (heading(description, labels), as_of_line(description))
        answer_text(description_page(head, sections(description, labels, noted)), output)
