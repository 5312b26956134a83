"""What an engineer would write without unpact: parse the Turtle with pyoxigraph, run one query, print CSV."""

import sys
from pathlib import Path

import click
import pyoxigraph


@click.command()
@click.argument("query", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1)
def main(query: Path, files: tuple[str, ...]) -> None:
    """Run QUERY over FILES."""
    store = pyoxigraph.Store()
    for number, file in enumerate(files):
        store.load(
            path=file, format=pyoxigraph.RdfFormat.TURTLE, to_graph=pyoxigraph.NamedNode(f"urn:{number}")
        )
    rows = store.query(query.read_text(encoding="utf-8"), use_default_graph_as_union=True)
    rows.serialize(sys.stdout.buffer, format=pyoxigraph.QueryResultsFormat.CSV)


main()
