"""Ten stored queries of one graph in memory, on disk, in a service, and without unpact: rows and times."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from measuring import BARE, PYTHON, Measured, say
from service import fuseki_with, peak_megabytes, processor_seconds, virtuoso_with

from unpact.cli.opening import open_catalogue
from unpact.graph.stored import StoredGraph
from unpact.query.run import bound_text

if TYPE_CHECKING:
    from collections.abc import Mapping

UNPACT = str(Path(PYTHON).with_name("unpact"))
_DAY = "2020-06-30"
_TREATY, _STATE = "id:chapter-000000-treaty-1", "id:state-017"
#: Each with the values that it is asked with: of one state, one treaty, one region, one source, and of all.
ASKED: Mapping[str, Mapping[str, str]] = {
    "party-status": {"state": _STATE, "as_of": _DAY},
    "treaties-of": {"state": _STATE, "as_of": _DAY},
    "parties-of": {"treaty": _TREATY, "as_of": _DAY},
    "not-yet-party": {"treaty": _TREATY, "as_of": _DAY},
    "memberships": {"as_of": _DAY},
    "meetings": {"body": "id:chapter-000000-commission-1", "as_of": _DAY},
    "acts": {"state": _STATE, "as_of": _DAY},
    "facts-of-source": {"source": "id:chapter-000000-source-list"},
    "timeline": {"from": "2015-01-01", "until": "2015-12-31"},
    # the slowest by far comes last: a process that is ended for it has answered the others
    "regional-comparison": {"group": "id:chapter-000000-regional-programme", "as_of": _DAY},
}
# rdflib takes minutes for some of them already at a hundred thousand triples
MOST_FOR_RDFLIB = 150_000
# the Graph Store Protocol is no way to load more into it
MOST_FOR_VIRTUOSO = 150_000
PATIENCE = 1200.0
ONCE_ABOVE = 500_000
_REPEATED = 3


def compare_queries(file: Path, triples: int, folder: Path, rounds: int) -> list[Measured]:
    """Ask every engine, and print the times of each query beside each other."""
    store = folder / "store"
    load = [UNPACT, "load", str(file), "--store", str(store), "--only-data", "--what", "data"]
    subprocess.run(load, check=True, capture_output=True)
    texts = folder / "queries.json"
    texts.write_text(json.dumps(bound(store)), encoding="utf-8")
    with ExitStack() as opened:
        engines = {
            "unpact, store on disk": ("unpact-store", str(store)),
            "unpact, in memory": ("unpact-memory", str(file)),
            "pyoxigraph, the same store": ("oxigraph", str(_database(store))),
        }
        if triples <= MOST_FOR_RDFLIB:
            engines["rdflib, in memory"] = ("rdflib", str(file))
        servers = {"unpact, Fuseki with TDB2": opened.enter_context(fuseki_with(folder / "fuseki", file))}
        if triples <= MOST_FOR_VIRTUOSO:
            servers["unpact, Virtuoso"] = opened.enter_context(virtuoso_with(folder / "virtuoso", file))
        for name, server in servers.items():
            if server is not None:
                engines[name] = ("unpact-service", server.query_url)
        found = {name: Measured(name) for name in engines}
        answers: dict[str, dict[str, Any]] = {}
        repeated = 1 if triples > ONCE_ABOVE else _REPEATED
        for _ in range(rounds):
            for name, (engine, where) in engines.items():
                server = servers.get(name)
                worked = 0.0 if server is None else processor_seconds(server)
                if not found[name].failed:
                    command = [PYTHON, str(BARE / "ask.py"), engine, where, str(texts), str(repeated)]
                    done = found[name].run(command, folder, PATIENCE)
                    _take(answers.setdefault(name, {}), found[name].output)
                    say(
                        f"  {name}: {len(answers[name])} answers"
                        + (f", {found[name].failed}" if found[name].failed else "")
                    )
                    if done and server is not None:
                        # the work is done by the server
                        found[name].processor[-1] += processor_seconds(server) - worked
                        found[name].megabytes = peak_megabytes(server)
    say("", *_table(triples, found, answers))
    shutil.rmtree(store)
    return list(found.values())


def bound(store: Path) -> dict[str, str]:
    """The text of each query with its values in place."""
    graph, catalogue = StoredGraph(store), open_catalogue()
    return {name: bound_text(graph, catalogue.find(name), given) for name, given in ASKED.items()}


def _database(store: Path) -> Path:
    """Where the engine's own files are in a store that unpact loaded."""
    pointer = json.loads((store / "unpact.json").read_text(encoding="utf-8"))
    return store / "generations" / str(pointer["generation"])


def _take(answers: dict[str, Any], output: str) -> None:
    for line in output.splitlines():
        record = json.loads(line)
        if "opened" in record:
            answers.setdefault("opened", []).append(record["opened"])
            continue
        kept = answers.setdefault(record["name"], record | {"all": []})
        kept["all"].append(record["seconds"])


def _table(triples: int, found: Mapping[str, Measured], answers: Mapping[str, dict[str, Any]]) -> list[str]:
    """Milliseconds of each query by engine."""
    names = list(found)
    lines = [
        f"ten stored queries: {triples:,} triples with what follows; milliseconds, ! where the rows differ"
    ]
    lines += [
        f"  [{number}] {name}" + (f": {found[name].failed}" if found[name].failed else "")
        for number, name in enumerate(names, 1)
    ]
    lines.append(
        f"  {'query':<22} {'rows':>8} " + " ".join(f"{f'[{at}]':>10}" for at in range(1, len(names) + 1))
    )
    for query in ASKED:
        # what the first engine gives that has an answer; the slowest queries may end an engine
        first = next((answers[name][query] for name in names if query in answers.get(name, {})), None)
        if first is None:
            lines.append(f"  {query:<22} {'-':>8}")
            continue
        cells = []
        for name in names:
            answer = answers.get(name, {}).get(query)
            if answer is None:
                cells.append(f"{'-':>10}")
                continue
            mark = "" if answer["digest"] == first["digest"] else "!"
            took = f"{statistics.median(answer['all']) * 1000:,.1f}{mark}"
            cells.append(f"{took:>10}")
        lines.append(f"  {query:<22} {first['rows']:>8,} " + " ".join(cells))
    opened = [answers.get(name, {}).get("opened") for name in names]
    row = " ".join(f"{statistics.median(each):>10.2f}" if each else f"{'-':>10}" for each in opened)
    lines.append(f"  {'seconds to open':<31} {row}")
    peaks = " ".join(f"{found[name].megabytes:>10.0f}" for name in names)
    lines.append(f"  {'peak memory, MiB':<31} {peaks}")
    return lines
