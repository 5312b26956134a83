"""Measures whole processes: the time, the processor time and the memory of each, and how these grow."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BARE = Path(__file__).parent / "bare"
PYTHON = sys.executable


@dataclass
class Measured:
    """What the rounds of one program took.

    Args:
        name: of the program.
        seconds: of each round.
        processor: the seconds that all processors worked in each round, which a busy machine changes less.
        megabytes: the highest peak of its memory, over all rounds.
        disk: the megabytes of files that the last round left.
        failed: why there are no more rounds; empty where nothing failed.
        output: what the last round printed.
    """

    name: str
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    megabytes: float = 0.0
    disk: float = 0.0
    failed: str = ""
    output: str = ""

    def run(self, command: Sequence[str], folder: Path, limit: float) -> bool:
        """Run a command once more, for at most `limit` seconds; whether it did its work."""
        files = [folder / "output", folder / "errors"]
        watch = [PYTHON, "-I", "-S", str(BARE / "watch.py"), str(limit), *map(str, files)]
        done = json.loads(subprocess.run([*watch, *command], check=True, stdout=subprocess.PIPE).stdout)
        self.output = files[0].read_text(encoding="utf-8", errors="replace")
        if done["late"] or done["code"]:
            said = files[1].read_text(encoding="utf-8", errors="replace").strip().split("\n")[-1]
            self.failed = f"over {limit:.0f} s" if done["late"] else f"failed: {said[:100]}"
            return False
        self.seconds.append(done["seconds"])
        self.processor.append(done["processor"])
        self.megabytes = max(self.megabytes, done["kilobytes"] / 1024)
        return True


def size_of(folder: Path) -> float:
    """The megabytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


def table(title: str, found: Sequence[Measured], triples: int) -> Iterator[str]:
    """The lines of a table; the speed of each beside that of the first, which is ours."""
    yield title
    yield (
        f"  {'program':<44} {'rounds':>6} {'seconds':>8} {'CPU s':>8} {'MiB':>6} {'disk':>6}"
        f" {'triples/s':>10} {'our speed':>9} {'by CPU':>7}"
    )
    first = found[0]
    for each in found:
        if not each.seconds:
            yield f"  {each.name:<44} {each.failed}"
            continue
        took, worked = statistics.median(each.seconds), statistics.median(each.processor)
        # of each round by itself: a machine that slows down slows all that run in it
        speed = [theirs / own for theirs, own in zip(each.seconds, first.seconds, strict=False)]
        by_cpu = [theirs / own for theirs, own in zip(each.processor, first.processor, strict=False)]
        ours = f"{statistics.median(speed):>9.2f} {statistics.median(by_cpu):>7.2f}" if speed else f"{'':>17}"
        yield (
            f"  {each.name:<44} {len(each.seconds):>6} {took:>8.2f} {worked:>8.2f} {each.megabytes:>6.0f}"
            f" {each.disk:>6.0f} {triples / took:>10,.0f} {ours}"
        )


def growth(found: dict[int, list[Measured]]) -> Iterator[str]:
    """How the processor time for a million triples, and the memory, change with the size."""
    yield "how it grows: processor seconds for a million triples, and the peak memory in MiB"
    sizes = sorted(found)
    yield f"  {'program':<44} " + " ".join(f"{size:>18,}" for size in sizes)
    names = list(dict.fromkeys(each.name for size in sizes for each in found[size]))
    for name in names:
        cells = []
        for size in sizes:
            each = next((one for one in found[size] if one.name == name and one.processor), None)
            cells.append(
                f"{'':>18}"
                if each is None
                else f"{statistics.median(each.processor) / size * 1e6:>9.2f} {each.megabytes:>8.0f}"
            )
        yield f"  {name:<44} " + " ".join(cells)


def say(*lines: str) -> None:
    """Print lines at once."""
    for line in lines:
        sys.stdout.write(line + "\n")
    sys.stdout.flush()
