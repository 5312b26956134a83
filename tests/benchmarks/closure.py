"""Times the closure of a graph by our reasoner beside those of others, each a whole process, by turns.

Run it with ``python tests/benchmarks/closure.py [--others PYTHON] [ROUNDS]`` on a machine that is otherwise
idle. It measures and does not judge: no time is a test. PYTHON is the interpreter of an environment with
`reasonable`, `nemo-python` and `owlrl`. The graphs are the asserted facts of the project, once and copied
under new names. "new" counts differ: reasonable and owlrl also infer that things are the same as themselves,
and Nemo's count has what was there before. "After a change" closes the graph, takes back about a hundred
triples and gives them again; its reasoning is that of the two revisions alone. A time is the median of its
rounds, memory the peak.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from graphs import write
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad

from unpact.corpus import bundled
from unpact.graph.view import build_asserted

BARE = Path(__file__).parent / "bare"
SIZES = (15_000, 100_000, 1_000_000)
PATIENCE = 600
# rules of OWL 2 RL that an engine, or the rules that we wrote for it, does not have
LACKS = {
    "unpact": "",
    "unpact, nothing recorded": "",
    "unpact, after a change": "",
    "reasonable": "prp-spo2, prp-key, cls-oo",
    "nemo": "all that the ontology does not use",
    "owlrl": "",
}


class Run(NamedTuple):
    """What one process took, and what it said of its parts."""

    seconds: float
    read: float
    reasoned: float
    new: int
    megabytes: int


def main() -> None:
    """Measure each size, and print a line for each engine."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--others")
    parser.add_argument("rounds", nargs="?", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            file = Path(folder) / f"{size}.nt"
            count = write(file, unit(), size, 0.0)
            report(count, engines(file, options.others), options.rounds)


def unit() -> list:  # type: ignore[type-arg]  # triples
    """The asserted triples of the view best, in the same order in every run."""
    found = Dataset(
        Quad(quad.subject, quad.predicate, quad.object) for quad in build_asserted(bundled()).store
    )
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted((quad.triple for quad in found), key=str)


def engines(file: Path, others: str | None) -> dict[str, list[str]]:
    """The command lines that are measured."""
    ours = [sys.executable, str(BARE / "closure_unpact.py"), str(file)]
    found = {
        "unpact": ours,
        "unpact, nothing recorded": [*ours, "bare"],
        "unpact, after a change": [*ours, "revise"],
    }
    if others:
        for name in ("reasonable", "nemo", "owlrl"):
            found[name] = [others, str(BARE / "closure_others.py"), name, str(file)]
    return found


def report(count: int, commands: dict[str, list[str]], rounds: int) -> None:
    """Run every engine once a round, and print the medians beside the ratio to ours."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    late: set[str] = set()
    for _ in range(rounds):
        for name, command in commands.items():
            if name not in late and (run := measure(command)) is not None:
                runs[name].append(run)
            else:
                late.add(name)
    say(f"{count:,} triples")
    say(
        f"  {'engine':<26}{'seconds':>9}{'ratio':>8}{'reading':>9}{'reasoning':>11}{'new':>9}{'MB':>7}  lacks"
    )
    for name, found in runs.items():
        if not found:
            say(f"  {name:<26}{f'over {PATIENCE}':>9}")
            continue
        ratios = [run.seconds / mine.seconds for run, mine in zip(found, runs["unpact"], strict=False)]
        middle = Run(*(statistics.median(getattr(run, field) for run in found) for field in Run._fields))
        say(
            f"  {name:<26}{middle.seconds:>9.2f}{statistics.median(ratios):>8.2f}{middle.read:>9.2f}"
            f"{middle.reasoned:>11.2f}{middle.new:>9,.0f}{middle.megabytes:>7.0f}  {LACKS[name]}".rstrip()
        )


def measure(command: list[str]) -> Run | None:
    """Run one process; None when it takes too long."""
    begin = time.perf_counter()
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return None
    seconds = time.perf_counter() - begin
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    read, reasoned, _, new, megabytes = done.stdout.split()
    return Run(seconds, float(read), float(reasoned), int(new), int(megabytes))


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
