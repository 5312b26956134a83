"""Services for the benchmarks: those of the tests, which are started on free ports and stopped again."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from world import WORLD_GRAPH

from unpact.names import INFERRED_GRAPH

sys.path.insert(0, str(Path(__file__).parents[1] / "integration"))
from servers import fuseki, virtuoso

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from servers import Server

_HEAP = "4g"
_PATIENCE = 3600.0
_MOST_ROWS = 1_000_000


@contextmanager
def fuseki_on_disk(folder: Path) -> Iterator[Server | None]:
    """A Fuseki with an empty database of TDB2; None where there is no Fuseki."""
    with _started(fuseki(folder, storage="tdb2", heap=_HEAP)) as server:
        yield server


@contextmanager
def fuseki_in_memory(folder: Path) -> Iterator[Server | None]:
    """A Fuseki with an empty dataset in memory; None where there is no Fuseki."""
    with _started(fuseki(folder, heap=_HEAP)) as server:
        yield server


@contextmanager
def fuseki_with(folder: Path, file: Path) -> Iterator[Server | None]:
    """A Fuseki that holds a file of quads; None where there is no Fuseki."""
    with fuseki_on_disk(folder) as server:
        if server is not None:
            with file.open("rb") as stream:
                kind = {"Content-Type": "application/n-quads"}
                httpx.put(
                    server.store_url, content=stream, headers=kind, timeout=_PATIENCE
                ).raise_for_status()
        yield server


@contextmanager
def virtuoso_with(folder: Path, file: Path) -> Iterator[Server | None]:
    """A Virtuoso that holds a file of N-Quads, each graph sent by itself; None where there is no Virtuoso."""
    with _started(virtuoso(folder, most_rows=_MOST_ROWS, open_to_all=True)) as server:
        if server is not None:
            for graph in (WORLD_GRAPH, INFERRED_GRAPH):
                end = f" <{graph}> ."
                with file.open(encoding="utf-8") as lines:
                    kept = [
                        line.rstrip().removesuffix(end) + " ."
                        for line in lines
                        if line.rstrip().endswith(end)
                    ]
                content, kind = "\n".join(kept).encode(), {"Content-Type": "text/turtle"}
                address = f"{server.store_url}?graph-uri={graph}"
                httpx.put(address, content=content, headers=kind, timeout=_PATIENCE).raise_for_status()
        yield server


@contextmanager
def _started(starting: AbstractContextManager[Server]) -> Iterator[Server | None]:
    """A server of the tests; None where they would skip."""
    with ExitStack() as opened:
        try:
            server = opened.enter_context(starting)
        except pytest.skip.Exception as skipped:
            sys.stdout.write(f"{skipped}: left out\n")
            server = None
        yield server


def processor_seconds(server: Server) -> float:
    """How long the processors have worked for a server so far."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_megabytes(server: Server) -> float:
    """The most memory that a server has held."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024
