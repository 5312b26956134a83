"""``unpact`` alone: what is in the graph, and three commands to try."""

from __future__ import annotations

from unpact import __version__
from unpact.cli.answer import answer_text
from unpact.cli.opening import open_catalogue, open_graph
from unpact.cli.options import GraphOptions, OutputOptions
from unpact.cli.running import supervised

# As many kinds as fit above the fold of a small terminal, in three columns.
_SHOWN = 30
_TRY = (
    ("unpact queries", "what can be asked"),
    ("unpact query party-status --state Pakistan", "one of the stored queries"),
    ("unpact show UNODC", "everything about one thing"),
)


def show_overview() -> None:
    """Print the counts by kind and where to begin."""
    from unpact.describe.statistics import graph_sizes, kind_counts
    from unpact.render.labels import Labels

    graph = open_graph(GraphOptions())
    kinds, sizes = supervised(lambda: (kind_counts(graph), graph_sizes(graph)))
    labels = Labels(graph)
    labels.load(kind for kind, _ in kinds[:_SHOWN])
    catalogue = open_catalogue()
    topics = {path.parent.name for path in catalogue.paths()}
    entries = [f"{count:>6,}  {labels(kind)}" for kind, count in kinds[:_SHOWN]]
    more = [f"        and {len(kinds) - _SHOWN} kinds with fewer things"] if len(kinds) > _SHOWN else []
    commands = max(len(command) for command, _ in _TRY)
    lines = [
        f"unpact {__version__}: a knowledge graph of United Nations partnerships and treaties.",
        "",
        f"In the graph ({sum(sizes.values()):,} triples in {len(sizes)} named graphs):",
        *_in_columns(entries),
        *more,
        "",
        f"{len(catalogue)} stored queries on {len(topics)} topics. Three commands to try:",
        *(f"  {command:<{commands}}  {meaning}" for command, meaning in _TRY),
    ]
    answer_text(lines, OutputOptions())


def _in_columns(entries: list[str], columns: int = 3) -> list[str]:
    """`entries` side by side, read downwards, so that a long list stays on one screen."""
    height = -(-len(entries) // columns)
    width = max(map(len, entries), default=0)
    return [
        "  ".join(f"{entry:<{width}}" for entry in entries[row::height]).rstrip() for row in range(height)
    ]
