"""A query with a time limit, in a process of its own.

The engine cannot be interrupted, so the only way to end a query without ending the program is to end the
process that runs it. The child loads the graph from a file, so nothing depends on fork, and sends its
answer back through a pipe.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store

from unpact.errors import QueryTimeout, StoreError, UnpactError
from unpact.graph.memory import MemoryGraph
from unpact.temporary import temporary_directory

if TYPE_CHECKING:
    from unpact.graph.stored import StoredGraph
    from unpact.query.result import Result


def run_isolated(graph: MemoryGraph | StoredGraph, text: str, timeout: float) -> Result:
    """Run `text`, which the policy has passed, on a copy of `graph`, or on the store where it lies; the child
    is killed after `timeout` seconds.

    The time to copy the graph counts. Raises QueryTimeout, StoreError when the child dies, and what
    `run_text` raises.
    """
    with temporary_directory() as folder:
        if isinstance(graph, MemoryGraph):
            place = str(Path(folder) / "graph.nq")
            graph.store.dump(place, format=RdfFormat.N_QUADS)
        else:
            place = graph.name
        try:
            # the query goes through a pipe, so no shell or argument ever sees it
            child = subprocess.run(  # noqa: S603 - our own interpreter and module
                [*command_of(__name__), place],
                input=text.encode(),
                env=environment(),
                capture_output=True,
                timeout=timeout,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise QueryTimeout(
                f"the query was stopped after {timeout:g} seconds", hint="Allow more time, or ask for less."
            ) from None
    if child.returncode != 0:
        lines = child.stderr.decode(errors="replace").strip().splitlines()
        reason = lines[-1] if lines else f"exit code {child.returncode}"
        raise StoreError(f"the process that ran the query ended early: {reason}")
    answer = pickle.loads(child.stdout)  # noqa: S301 - written by our own child just now
    if isinstance(answer, UnpactError):
        raise answer
    return answer  # type: ignore[no-any-return]  # the child sends a Result or an error


def command_of(module: str) -> list[str]:
    """The command of a child that runs ``main`` of one of our modules, in this interpreter."""
    return [sys.executable, "-P", "-c", f"from {module} import main; main()"]


def environment() -> dict[str, str]:
    """The environment in which such a child finds all that can be imported here."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def main() -> None:
    """The child: open the graph named on the command line, run the query on standard input, answer on
    standard output.
    """
    text = sys.stdin.buffer.read().decode()
    from unpact.query.run import run_text

    answer: Result | UnpactError
    try:
        # the parent has applied the policy
        answer = run_text(_opened(Path(sys.argv[1])), text, allow_network=True)
    except UnpactError as error:
        answer = error
    sys.stdout.buffer.write(pickle.dumps(answer))


def _opened(place: Path) -> MemoryGraph | StoredGraph:
    if place.is_dir():
        from unpact.graph.stored import StoredGraph

        return StoredGraph(place)
    store = Store()
    store.bulk_load(path=str(place), format=RdfFormat.N_QUADS)
    return MemoryGraph(store)
