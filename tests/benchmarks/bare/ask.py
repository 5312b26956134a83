"""Asks one engine a list of queries: ``ask.py ENGINE WHERE QUERIES ROUNDS``.

QUERIES is a JSON object from a name to the text of a query. For each, a line of JSON is written: its name,
the median of the seconds that it took, how many rows it gave, and a hash over them in any order. WHERE is a
file of quads for the engines in memory, a directory for those on disk, an address for a service. The first
line tells the seconds that it took to open.
"""

from __future__ import annotations

import hashlib
import json
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Ask = "Callable[[str], Iterable[tuple[str, ...]]]"


def unpact_in_memory(where: str) -> Ask:
    """The graph of a view, here of triples that were inferred before."""
    from pyoxigraph import RdfFormat, Store

    from unpact.graph.memory import MemoryGraph

    store = Store()
    store.bulk_load(path=where, format=RdfFormat.N_QUADS)
    return _through_unpact(MemoryGraph(store))


def unpact_on_disk(where: str) -> Ask:
    """A store that `unpact load` made."""
    from unpact.graph.stored import StoredGraph

    return _through_unpact(StoredGraph(where))


def unpact_on_a_service(where: str) -> Ask:
    """A service, over the two graphs of the world."""
    from unpact.graph.remote import RemoteGraph
    from unpact.names import INFERRED_GRAPH, USER_GRAPH

    graphs = (USER_GRAPH + "world", INFERRED_GRAPH)
    return _through_unpact(RemoteGraph(where, default_graph=graphs, timeout=600))


def oxigraph(where: str) -> Ask:
    """The engine itself over the same database."""
    from pyoxigraph import Store

    store = Store.read_only(where)

    def ask(text: str) -> Iterable[tuple[str, ...]]:
        found = store.query(text, use_default_graph_as_union=True)
        names = [variable.value for variable in found.variables]
        return [tuple(map(str, (solution[name] for name in names))) for solution in found]

    return ask


def rdflib(where: str) -> Ask:
    """The library that most Python users have, in memory."""
    from pyoxigraph import Literal, NamedNode
    from rdflib import Dataset, URIRef

    graph = Dataset(default_union=True)
    graph.parse(where, format="nquads")

    def term(value: object) -> str:
        if value is None:
            return "None"
        if isinstance(value, URIRef):
            return f"<{value}>"
        language, datatype = value.language, value.datatype  # type: ignore[attr-defined]
        if language is not None:
            return str(Literal(str(value), language=language))
        return str(Literal(str(value), datatype=None if datatype is None else NamedNode(datatype)))

    return lambda text: [tuple(map(term, row)) for row in graph.query(text)]  # type: ignore[union-attr]


ENGINES: dict[str, Callable[[str], Ask]] = {
    "unpact-memory": unpact_in_memory,
    "unpact-store": unpact_on_disk,
    "unpact-service": unpact_on_a_service,
    "oxigraph": oxigraph,
    "rdflib": rdflib,
}


def _through_unpact(graph: object) -> Ask:
    from unpact.query.run import run_text

    return lambda text: [tuple(map(str, row)) for row in run_text(graph, text).rows]  # type: ignore[arg-type]


def main() -> None:
    """Ask, and write a line for each query."""
    engine, where, file, rounds = sys.argv[1:]
    begin = time.perf_counter()
    ask = ENGINES[engine](where)
    say({"opened": time.perf_counter() - begin})
    for name, text in json.loads(Path(file).read_text(encoding="utf-8")).items():
        seconds, rows = [], []
        for _ in range(int(rounds)):
            begin = time.perf_counter()
            rows = list(ask(text))
            seconds.append(time.perf_counter() - begin)
        lines = "\n".join(sorted("\t".join(row) for row in rows))
        digest = hashlib.sha256(lines.encode()).hexdigest()
        say({"name": name, "seconds": statistics.median(seconds), "rows": len(rows), "digest": digest})


def say(record: dict[str, object]) -> None:
    """Write a record at once: the process may be ended before the next."""
    sys.stdout.write(json.dumps(record) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
