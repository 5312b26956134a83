"""Which graphs of a store are those that unpact loaded; others may lie beside them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.names import DATASET, MANIFEST_GRAPH

if TYPE_CHECKING:
    from unpact.graph.interface import Graph


def loaded_graphs(graph: Graph) -> tuple[str, ...]:
    """The IRIs of the graphs that unpact loaded, sorted; none where it loaded nothing.

    The graph that says so is not among them, so that whoever asks these graphs alone never sees it.

    Args:
        graph: all of a store or a service, with no default graph chosen.

    Raises:
        StoreError: when it cannot be asked.
    """
    from unpact.query.bind import fill

    text = Path(__file__).with_name("loaded.rq").read_text(encoding="utf-8")
    given = {"manifest": [NamedNode(MANIFEST_GRAPH)], "dataset": [NamedNode(DATASET)]}
    names = {row[0].value for row in graph.select(fill(text, given)) if isinstance(row[0], NamedNode)}
    return tuple(sorted(names - {MANIFEST_GRAPH}))
