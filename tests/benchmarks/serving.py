"""Times `unpact serve` beside Fuseki and rdflib-endpoint: the same facts, the same queries, the same client.

Run it with ``python tests/benchmarks/serving.py [--others PYTHON]`` on a machine that is otherwise idle. It
measures and does not judge: no time is a test. The client is `wrk`, which asks ten stored queries in turn
over 1, 8 and 64 connections; it needs a little of the processors, too. `different` are queries that no server
was asked before, `the same` are those that come again, as from a page that many read. Fuseki takes part where
`UNPACT_FUSEKI_JAR` names its jar, rdflib-endpoint where `--others` names a Python that has it.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import socket
import statistics
import subprocess
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import httpx
from measuring import BARE, PYTHON, say
from service import fuseki_in_memory

import unpact
from unpact.graph.dialects.fuseki import UNION_GRAPH
from unpact.graph.interface import Solutions
from unpact.graph.memory import MemoryGraph
from unpact.query.run import bound_text
from unpact.serve.addresses import path_of
from unpact.serve.exchange import Asked
from unpact.serve.settings import Settings
from unpact.serve.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unpact.graph.interface import Triples

UNPACT = str(Path(PYTHON).with_name("unpact"))
#: The ten that answer most of what is asked, each with the values of its first example.
ASKED = (
    "party-status",
    "treaties-of",
    "parties-of",
    "not-yet-party",
    "regional-comparison",
    "memberships",
    "acts",
    "timeline",
    "programmes",
    "facts-of-source",
)
CLIENTS = (1, 8, 64)
_JSON, _HTML = "application/sparql-results+json", "text/html"
_PATIENCE = 120.0


class Served(NamedTuple):
    """A server: what it is, where its SPARQL is, and the dataset that it must be told."""

    name: str
    url: str
    dataset: tuple[tuple[str, str], ...] = ()


def main() -> None:
    """Measure, and print the tables."""
    options = _options()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed: on Debian, apt-get install wrk")
    with tempfile.TemporaryDirectory() as name, ExitStack() as opened:
        folder = Path(name)
        knowledge = unpact.open()
        texts = {name: _text(knowledge, name) for name in ASKED}
        servers = [opened.enter_context(unpact_serving(folder))]
        fuseki = opened.enter_context(fuseki_in_memory(folder / "fuseki"))
        if fuseki is not None:
            url = fuseki.query_url
            load = [UNPACT, "load", "--endpoint", url.removesuffix("/sparql"), "--profile", "fuseki"]
            subprocess.run(load, check=True, capture_output=True)
            # its default graph is empty: the union of the others has a name
            dataset = [("default-graph-uri", UNION_GRAPH)]
            dataset += [("named-graph-uri", name) for name in knowledge.graph.named_graphs()]
            servers.append(Served("Fuseki, in memory", url, tuple(dataset)))
        if options.others:
            servers.append(opened.enter_context(rdflib_serving(options.others, folder, knowledge)))
        _say_rows(servers, texts)
        for kind in ("different", "the same"):
            _say_speed(servers, texts, kind, folder, options.seconds)
        _say_pages(servers[0], options.seconds, folder)
    _say_things()


def _text(knowledge: unpact.Knowledge, name: str) -> str:
    query = knowledge.queries.find(name)
    lines = bound_text(knowledge.graph, query, query.examples[0]).splitlines()
    return "\n".join(line for line in lines if line.strip() and not line.lstrip().startswith("#"))


def _say_rows(servers: Sequence[Served], texts: Mapping[str, str]) -> None:
    """Whether all give the same rows: else their speeds say nothing."""
    say("", "rows, and milliseconds of the first answer; ! where the rows are not those of unpact")
    for name, text in texts.items():
        cells: list[str] = []
        first: list[str] = []
        for server in servers:
            begun = time.perf_counter()
            answer = httpx.get(
                server.url,
                params=[*server.dataset, ("query", text)],
                headers={"Accept": _JSON},
                timeout=_PATIENCE,
            )
            took = (time.perf_counter() - begun) * 1000
            rows = sorted(json.dumps(row, sort_keys=True) for row in answer.json()["results"]["bindings"])
            first = first or rows
            cells.append(f"{len(rows):>5}{' ' if rows == first else '!'} {took:>9,.1f}")
        say(f"  {name:<22} " + "  ".join(cells))


def _say_speed(
    servers: Sequence[Served], texts: Mapping[str, str], kind: str, folder: Path, seconds: int
) -> None:
    say("", f"ten stored queries in turn, {kind}: requests a second, and milliseconds (half, 99 of 100)")
    say("  " + " " * 20 + "".join(f"{f'{clients} clients':>32}" for clients in CLIENTS))
    for server in servers:
        path = "/" + server.url.split("/", 3)[3]
        file = folder / "addresses"
        # the query comes last, so that a comment can follow it
        before = "".join(f"{name}={quote(value, safe='')}&" for name, value in server.dataset)
        addresses = (f"{path}?{before}query={quote(text, safe='')}" for text in texts.values())
        file.write_text("\n".join(addresses) + "\n", encoding="utf-8")
        found = [_asked(server.url, file, clients, seconds, (_JSON, kind)) for clients in CLIENTS]
        say(f"  {server.name:<20}" + "".join(f"{each:>32}" for each in found))


def _say_pages(server: Served, seconds: int, folder: Path) -> None:
    """The pages, which no other server has."""
    answer = "/query/treaties/party-status?state=Pakistan&as-of=2023-08-18"
    paths = ("/", "/id/pakistan", answer, "/timeline", "/article")
    base = server.url.removesuffix("/sparql")
    say("", "pages of unpact: milliseconds of the first answer, then requests a second over 8 connections")
    for path in paths:
        begun = time.perf_counter()
        httpx.get(base + path, headers={"Accept": _HTML}, timeout=_PATIENCE).raise_for_status()
        took = (time.perf_counter() - begun) * 1000
        file = folder / "addresses"
        file.write_text(path + "\n", encoding="utf-8")
        say(f"  {path:<70} {took:>9,.1f} {_asked(base, file, 8, seconds, (_HTML,)):>32}")


def _say_things() -> None:
    """Of the time that pages of things take, how much is that of their queries."""
    site = Site(Settings())
    graph = site.graph
    assert isinstance(graph, MemoryGraph)
    asked = 0.0
    query = graph.query

    def timed(text: str) -> Solutions | bool | Triples:
        nonlocal asked
        begun = time.perf_counter()
        answer = query(text)
        if isinstance(answer, Solutions):
            answer = Solutions(answer.variables, list(answer))
        asked += time.perf_counter() - begun
        return answer

    rows = graph.select("SELECT DISTINCT ?thing WHERE { ?thing a unp:Entity } ORDER BY STR(?thing)")
    paths = [path for (thing,) in rows if (path := path_of(thing.value)).startswith("/id/")][::10]
    # what a worker looks up once
    site.answer(Asked(paths[0], accept=_HTML))
    graph.query = timed  # type: ignore[method-assign]
    times = []
    for path in paths:
        begun = time.perf_counter()
        site.answer(Asked(path, accept=_HTML))
        times.append(time.perf_counter() - begun)
    half, most = statistics.median(times) * 1000, max(times) * 1000
    share = asked / sum(times)
    say(
        "",
        f"pages of {len(paths)} things: half take {half:.0f} ms, the longest {most:.0f}; "
        f"{share:.0%} of it are queries",
    )


def _asked(url: str, file: Path, clients: int, seconds: int, how: Sequence[str]) -> str:
    command = [
        "wrk",
        f"-t{min(clients, 2)}",
        f"-c{clients}",
        f"-d{seconds}s",
        "--timeout",
        "60s",
        "--latency",
    ]
    command += ["-s", str(BARE / "mix.lua"), url, "--", str(file), *how]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    done = json.loads(printed.strip().splitlines()[-1])
    failed = done["refused"] + done["lost"]
    speed = f"{done['requests'] / done['seconds']:,.1f} /s"
    return f"{speed} {done['half']:,.1f} {done['most']:,.1f}" + (f" {failed} failed" if failed else "")


@contextmanager
def unpact_serving(folder: Path) -> Iterator[Served]:
    """Ours, as a user starts it."""
    command = [UNPACT, "serve", "--port", "0"]
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        found = re.search(r"(http://\S+)/", process.stderr.readline())
        assert found is not None
        yield Served("unpact serve", f"{found[1]}/sparql")
    finally:
        process.terminate()
        process.wait()


@contextmanager
def rdflib_serving(python: str, folder: Path, knowledge: unpact.Knowledge) -> Iterator[Served]:
    """rdflib-endpoint over a file of everything that the view holds."""
    file = folder / "view.nq"
    knowledge.export(file, "nq")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = str(Path(python).with_name("rdflib-endpoint"))
    command = [program, "serve", "--host", "127.0.0.1", "--port", str(port), str(file)]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/"
    try:
        _wait_for(url)
        yield Served("rdflib-endpoint", url)
    finally:
        process.terminate()
        process.wait()


def _wait_for(url: str) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            httpx.get(url, params={"query": "ASK {}"}, headers={"Accept": _JSON}).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit(f"nothing answers at {url}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--others", metavar="PYTHON", help="of an environment with rdflib-endpoint")
    parser.add_argument("--seconds", type=int, default=10, help="of each measurement")
    return parser.parse_args()


if __name__ == "__main__":
    main()
