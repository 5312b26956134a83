"""``unpact export``: the graph in the formats of other tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from unpact.cli.export_options import publication_options, selection_options
from unpact.cli.opening import open_catalogue, open_graph
from unpact.cli.options import GraphOptions, graph_options
from unpact.cli.running import supervised
from unpact.export.formats import ALL, FORMATS, Target, format_of, target_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.export.exporter import Exporter
    from unpact.export.selection import Selection
    from unpact.export.void import Distribution, Publication


@click.command(
    "export",
    epilog="Examples: unpact export -o unpact.ttl.gz; unpact export -f all -o release; "
    "unpact export -f mermaid --about country-programme-2; unpact export -f csv -o tables --class Treaty",
)
@click.option(
    "--format",
    "-f",
    "format_names",
    type=click.Choice((*FORMATS, ALL)),
    multiple=True,
    help="The form of the export; several, or all but the pictures, into a folder. May be repeated."
    " [default: the ending of FILE, else ttl]",
)
@click.option(
    "--output",
    "-o",
    metavar="FILE|FOLDER",
    help="Write there; it appears when it is whole. A name that ends in .gz has the file compressed.",
)
@selection_options
@publication_options
@click.option(
    "--lang",
    metavar="TAG",
    default="en",
    show_default=True,
    help="The language of names in tables and pictures.",
)
@graph_options
def command(
    format_names: tuple[str, ...],
    output: str | None,
    lang: str,
    source: GraphOptions,
    selection: Selection,
    publication: tuple[Publication, tuple[str, ...]],
) -> None:
    """Write the graph, or a part of it, for other tools.

    RDF: ttl, nt, nq, trig, jsonld, rdfxml; nq and trig keep each file in a graph of its own. Tables: csv, a
    folder with a table a class. Networks and pictures: graphml, dot, mermaid. About the graph: void describes
    it, context is that of JSON-LD, queries are the stored queries as SHACL has them.

    RDF and void hold the ontology, the facts and what follows from them; tables, networks and pictures what
    the files state. The same facts always give the same bytes.
    """
    about, described = publication
    target = target_of(format_names, output)
    if described and not any(form.name == "void" for form in target.forms):
        raise click.UsageError("--describe names files for the format void: add -f void.")
    if target.is_folder and target.path is not None:
        from unpact.export.release import refuse_other_things

        refuse_other_things(target.path)
    graph = open_graph(source)

    def work() -> Exporter | None:
        from unpact.cli.output import opened
        from unpact.corpus import bundled
        from unpact.export.exporter import Exporter
        from unpact.export.release import write

        exporter = Exporter(graph, bundled(), open_catalogue(), selection, language=lang, publication=about)
        if any(exporter.is_empty(form) for form in target.forms):
            return None
        files = _distributions(described)
        if target.path is None:
            with opened(None) as stream:
                exporter.write(target.forms[0], stream, files)
        else:
            write(exporter, target, files)
        return exporter

    exporter = supervised(work, doing="collecting what is to be written")
    if exporter is None:
        click.echo("nothing to export", err=True)
        click.get_current_context().exit(1)
    _note_large_pictures(exporter, target)


def _distributions(names: Sequence[str]) -> list[Distribution]:
    from unpact.export.void import Distribution

    found = []
    for name in names:
        form = format_of(name)
        media_type = "application/octet-stream" if form is None else form.media_type
        is_rdf = form is not None and form.is_rdf
        found.append(Distribution.of(Path(name), Path(name).name, media_type, is_rdf=is_rdf))
    return found


def _note_large_pictures(exporter: Exporter, target: Target) -> None:
    from unpact.export.pictures import MERMAID_EDGES

    for form in target.forms:
        if form.name == "mermaid" and (edges := len(exporter.picture(form).arrows)) > MERMAID_EDGES:
            click.echo(
                f"{edges} arrows: Mermaid draws {MERMAID_EDGES} unless maxEdges is set. Narrow it down with"
                " --about THING.",
                err=True,
            )
