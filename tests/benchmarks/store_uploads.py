"""A file into a service: `unpact load --endpoint` beside curl, each into a new and empty Fuseki."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from measuring import PYTHON, Measured, say, table
from service import fuseki_on_disk, peak_megabytes, processor_seconds
from world import WORLD_GRAPH

if TYPE_CHECKING:
    from servers import Server

UNPACT = str(Path(PYTHON).with_name("unpact"))
PATIENCE = 3600.0


def compare_uploads(file: Path, triples: int, folder: Path, rounds: int) -> list[Measured]:
    """The same file by each program; processor time is of client and server, memory of the larger."""
    found = [Measured("unpact load --endpoint"), Measured("curl -T")]
    again = Measured("unpact load --endpoint, once more")
    for number in range(rounds):
        for each in found:
            base = folder / f"fuseki-{number}"
            with fuseki_on_disk(base) as server:
                if server is None:
                    return []
                if not each.failed:
                    ours = each is found[0]
                    done = _measure(
                        each, our_command(file, server) if ours else curl(file, server), folder, server
                    )
                    if done and ours:
                        _measure(again, our_command(file, server), folder, server)
            shutil.rmtree(base)
    shown = [*found, again]
    say("", *table(f"upload to Fuseki with TDB2: {triples:,} triples", shown, triples))
    return shown


def our_command(file: Path, server: Server) -> list[str]:
    """Our own upload."""
    base = server.query_url.removesuffix("/sparql")
    return [
        UNPACT,
        "load",
        str(file),
        "--endpoint",
        base,
        "--profile",
        "fuseki",
        "--only-data",
        "--what",
        "data",
    ]


def curl(file: Path, server: Server) -> list[str]:
    """The Graph Store Protocol by hand."""
    url = f"{server.store_url}?graph={WORLD_GRAPH}"
    kind = "Content-Type: application/n-triples"
    return [
        "curl",
        "--silent",
        "--show-error",
        "--fail",
        "--noproxy",
        "*",
        "--header",
        kind,
        "-T",
        str(file),
        url,
    ]


def _measure(measured: Measured, command: list[str], folder: Path, server: Server) -> bool:
    before = processor_seconds(server)
    done = measured.run(command, folder, PATIENCE)
    if done:
        measured.processor[-1] += processor_seconds(server) - before
        measured.megabytes = max(measured.megabytes, peak_megabytes(server))
    return done
