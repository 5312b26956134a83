"""Apache Jena Fuseki: the union of all its graphs instead of a list of ours.

Fuseki answers by the book, and a dataset of some fifty graphs costs it ten to a hundred times the time of
one, since each pattern is looked up in each of them. It has a name for the union of all its graphs, which
costs nothing. That is asked wherever the answer cannot be another one: where no graph beside ours holds a
triple that the query looks at.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.graph.dialects.here import requests
from unpact.graph.dialects.looks import EVERYTHING, looks_of
from unpact.query.bind import fill

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.graph.dialects.here import Ask

#: The union of all named graphs of a dataset, by the name that Jena gives it.
UNION_GRAPH = "urn:x-arq:UnionGraph"
_FOLDER = Path(__file__).parent
# with more graphs than that beside ours, to ask them costs more than it saves
_MOST_OTHERS = 200


class OtherGraphs:
    """The graphs of a service beside those that are asked; they are looked up once.

    Args:
        ask: from a SELECT query over all graphs to its rows.
        ours: the graphs that are asked.
    """

    def __init__(self, ask: Ask, ours: Iterable[str]) -> None:
        self._ask = ask
        rows, _ = ask((_FOLDER / "graph_names.rq").read_text(encoding="utf-8"))
        names = {row[0].value for row in rows if isinstance(row[0], NamedNode)}
        self._graphs = [NamedNode(name) for name in sorted(names - set(ours))]

    def matter_to(self, text: str) -> bool:
        """Whether the answer to a query may change with them.

        Args:
            text: of the query.
        """
        if not self._graphs:
            return False
        looks = looks_of(text)
        if EVERYTHING in looks or len(self._graphs) > _MOST_OTHERS:
            return True
        question = (_FOLDER / "graphs_with.rq").read_text(encoding="utf-8")
        return any(self._ask(fill(question, {"graphs": self._graphs, **one}))[0] for one in requests(looks))
