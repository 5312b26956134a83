"""Times `unpact import untc` beside a bare loop of the csv module, and shows that memory does not grow.

Run it with ``python tests/benchmarks/importing.py [ROUNDS]`` on a machine that is otherwise idle. It measures
and does not judge: no time is a test. The tables name the participants of `countries.csv` again and again, on
other days; so all but the first row of each draw a warning, which is part of what is measured. Both programs
are whole processes and run by turns; a time is the median of its rounds, memory the peak.
"""

from __future__ import annotations

import csv
import json
import statistics
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from unpact.importing import countries

BARE = Path(__file__).parent / "bare"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
ROUNDS = 3
# what takes longer than this many seconds runs once
SLOW = 30.0
PATIENCE = 600
FIRST = date(1900, 1, 1)
DAYS = 36_000


class Run(NamedTuple):
    """What one process took."""

    seconds: float
    megabytes: float


def main() -> None:
    """Measure each size, and print a line for it."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    say("     rows   unpact s    rows/s     MB     csv s     rows/s    MB   ratio")
    with tempfile.TemporaryDirectory() as folder:
        # the first run of all builds the graph
        measure(ours(write(Path(folder), 1), Path(folder)), Path(folder))
        for size in SIZES:
            table = write(Path(folder), size)
            runs: list[tuple[Run, Run]] = []
            while len(runs) < rounds and not (runs and runs[0][0].seconds > SLOW):
                mine = measure(ours(table, Path(folder)), Path(folder))
                bare = measure([sys.executable, str(BARE / "csv_reader.py"), str(table)], Path(folder))
                runs.append((mine, bare))
            report(size, runs)


def ours(table: Path, folder: Path) -> list[str]:
    """The command that is measured."""
    unpact = str(Path(sys.executable).with_name("unpact"))
    output = str(folder / "out.ttl")
    return [unpact, "import", "untc", str(table), "--treaty", "UNTOC", "--as-of", "2015-03-12", "-o", output]


def write(folder: Path, size: int) -> Path:
    """A status table of so many rows."""
    with (Path(countries.__file__).parent / "countries.csv").open(encoding="utf-8", newline="") as stream:
        names = [row["en"] for row in csv.DictReader(stream) if row["independent"] == "Yes"]
    names.remove("Taiwan")
    path = folder / f"{size}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("Participant", "Signature", "Ratification, Accession(a), Succession(d)"))
        for number in range(size):
            signed = FIRST + timedelta(days=number // len(names) % DAYS)
            ratified = signed + timedelta(days=200)
            row = (
                names[number % len(names)],
                f"{signed.day} {signed:%b %Y}",
                f"{ratified.day} {ratified:%b %Y}",
            )
            writer.writerow(row)
    return path


def measure(command: list[str], folder: Path) -> Run:
    """Run one process. Raises CalledProcessError when it fails."""
    watch = [sys.executable, str(BARE / "watch.py"), str(PATIENCE), "/dev/null", str(folder / "errors")]
    done = subprocess.run([*watch, *command], capture_output=True, text=True, check=True)
    measured = json.loads(done.stdout)
    if measured["code"]:
        raise subprocess.CalledProcessError(
            measured["code"], command, stderr=(folder / "errors").read_text()[-500:]
        )
    return Run(measured["seconds"], measured["kilobytes"] / 1000)


def report(size: int, runs: list[tuple[Run, Run]]) -> None:
    """Print the medians of a size."""
    mine, bare = (
        Run(*(statistics.median(each) for each in zip(*programme, strict=True)))
        for programme in zip(*runs, strict=True)
    )
    ratio = statistics.median(one.seconds / other.seconds for one, other in runs)
    say(
        f"{size:>9,}  {mine.seconds:>9.2f}  {size / mine.seconds:>8,.0f}  {mine.megabytes:>5.0f}    "
        f"{bare.seconds:>6.2f}  {size / bare.seconds:>9,.0f}  {bare.megabytes:>4.0f}  {ratio:>5.0f}x"
    )


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
