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
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store

from unpact.errors import QueryTimeout, StoreError, UnpactError

if TYPE_CHECKING:
    from unpact.graph.memory import MemoryGraph
    from unpact.query.result import Result


def run_isolated(graph: MemoryGraph, text: str, timeout: float) -> Result:
    """Run `text`, which the policy has passed, on a copy of `graph`; the child is killed after `timeout`
    seconds.

    The time to copy the graph counts. Raises QueryTimeout, StoreError when the child dies, and what
    `run_text` raises.
    """
    with tempfile.TemporaryDirectory(prefix="unpact-") as folder:
        copy = Path(folder) / "graph.nq"
        graph.store.dump(str(copy), format=RdfFormat.N_QUADS)
        try:
            # our own interpreter and module; the query goes through a pipe, so no shell or argument ever
            # sees it
            child = subprocess.run(  # noqa: S603
                [sys.executable, "-P", "-c", "from unpact.query.isolated import main; main()", str(copy)],
                input=text.encode(),
                env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
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


def main() -> None:
    """The child: load the graph named on the command line, run the query on standard input, answer on
    standard output.
    """
    text = sys.stdin.buffer.read().decode()
    from unpact.graph.memory import MemoryGraph
    from unpact.query.run import run_text

    store = Store()
    store.bulk_load(path=sys.argv[1], format=RdfFormat.N_QUADS)
    answer: Result | UnpactError
    try:
        # the parent has applied the policy
        answer = run_text(MemoryGraph(store), text, allow_network=True)
    except UnpactError as error:
        answer = error
    sys.stdout.buffer.write(pickle.dumps(answer))
