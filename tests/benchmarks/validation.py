"""Times SHACL engines side by side: the same N-Triples, the same shapes, a whole process each.

Run it with ``python tests/benchmarks/validation.py --others PYTHON`` on a machine that is otherwise idle;
PYTHON is that of an environment with `pyshifty` and `pyrudof`, and may be left out. It measures and does not
judge: no time is a test. The graphs have the shape of the real data with one mistake in two hundred triples,
the shapes are those of the project. The engines run by turns; a time is the median of its rounds, a ratio the
median of the rounds' own ratios, `CPU s` the time of all processors together, memory the peak of the largest
process. What the engines report is compared result by result. Jena takes part when `shacl` is on the PATH, or
in `bin` of `JENA_HOME`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from graphs import write
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat
from reports import compare, read

from unpact.corpus import bundled
from unpact.graph.view import build_view
from unpact.validate.checked import checked_triples

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from pyoxigraph import Triple
    from reports import Result

BARE = Path(__file__).parent / "bare"
PYTHON = sys.executable
OURS = "unpact"
SIZES = (100_000, 1_000_000)
GROWTH = (10_000, 30_000, 100_000, 300_000, 1_000_000)
# what takes longer than this many seconds runs once
SLOW = 60.0
VERSION = "import sys, importlib.metadata as m; print(m.version(sys.argv[1]))"


class Engine(NamedTuple):
    """One validator.

    Args:
        name: with its version.
        command: to which the file of the data is appended.
        syntax: of the report that it writes to the standard output.
    """

    name: str
    command: list[str]
    syntax: RdfFormat


@dataclass
class Measured:
    """One engine at one size.

    Args:
        engine: its name.
        triples: of the data.
        rounds: the seconds of each round.
        processor: the seconds that the processors worked in each round, which a busy machine changes less.
        megabytes: the highest peak of its rounds.
        results: how many it reported.
        late: whether a run was ended because its time was over.
        verdict: how its results compare with ours, or why there are none.
        ratio: its time to ours; where it was ended, at least that.
        split: where our own time went, in seconds, each the median of its rounds.
    """

    engine: str
    triples: int
    rounds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    megabytes: float = 0.0
    results: int | None = None
    late: bool = False
    verdict: str = ""
    ratio: float | None = None
    split: dict[str, float] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.rounds)


class Benchmark:
    """Runs engines over graphs of one size after another.

    Args:
        folder: for the graphs and the reports.
        rounds: of each engine that is not slow.
        limit: the seconds after which a run is ended.
    """

    def __init__(self, folder: Path, rounds: int, limit: float) -> None:
        self.folder = folder
        self.rounds = rounds
        self.limit = limit

    def at(self, data: Path, triples: int, engines: list[Engine]) -> list[Measured]:
        """Each engine over one graph; ours is the first of them."""
        found = [Measured(engine.name, triples) for engine in engines]
        splits: list[dict[str, float]] = []
        reports: list[Counter[Result] | None] = [None] * len(engines)
        over: set[str] = set()
        for number in range(self.rounds):
            for index, (engine, measured) in enumerate(zip(engines, found, strict=True)):
                if engine.name in over:
                    continue
                self._run(engine, data, measured)
                if number == 0 and not measured.late:
                    reports[index] = self._report(engine, measured)
                if measured.late or reports[index] is None or measured.rounds[0] > SLOW:
                    over.add(engine.name)
                elif engine.name == OURS:
                    splits.append(json.loads(_last_line(self.folder / "errors")))
        first, *others = found
        first.split = {
            part: statistics.median(split[part] for split in splits)
            for part in ("load", "compile", "ask")
            if splits
        }
        for measured, report in zip(others, reports[1:], strict=True):
            if measured.late or report is not None:
                pairs = zip(measured.rounds, first.rounds, strict=False)
                measured.ratio = statistics.median(theirs / own for theirs, own in pairs)
            if report is not None and reports[0] is not None:
                measured.verdict = str(compare(reports[0], report))
        return found

    def _run(self, engine: Engine, data: Path, measured: Measured) -> None:
        """One run of one engine."""
        files = [str(self.folder / "report"), str(self.folder / "errors")]
        watch = [PYTHON, "-I", "-S", str(BARE / "watch.py"), str(self.limit), *files]
        command = [*watch, *engine.command, str(data)]
        done = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        measured.rounds.append(done["seconds"])
        measured.processor.append(done["processor"])
        measured.megabytes = max(measured.megabytes, done["kilobytes"] / 1024)
        if done["late"]:
            measured.late = True
            measured.verdict = f"over {self.limit:.0f} s"

    def _report(self, engine: Engine, measured: Measured) -> Counter[Result] | None:
        """What the engine reported; none where it failed, which becomes its verdict."""
        try:
            report = read(self.folder / "report", engine.syntax)
        except SyntaxError as error:
            measured.verdict = f"failed: its report cannot be read: {error}"
            return None
        if report is None:
            measured.verdict = f"failed: {_last_line(self.folder / 'errors')}"
        else:
            measured.results = report.total()
        return report


def main() -> None:
    """Measure, and print the tables."""
    options = _options()
    found: list[Measured] = []
    before = os.getloadavg()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shapes = folder / "shapes.ttl"
        shapes.write_bytes(b"\n".join(file.read() for file in bundled().shape_files()))
        all_engines = list(engines(shapes, options.others))
        benchmark = Benchmark(folder, options.rounds, options.limit)
        unit = facts()
        for size in sorted({*options.sizes, *options.growth}):
            data = folder / "data.nt"
            triples = write(data, unit, size)
            asked = all_engines if size in options.sizes else all_engines[:1]
            sys.stderr.write(f"{triples:,} triples, {len(asked)} engines\n")
            found += benchmark.at(data, triples, asked)
    load: dict[str, Any] = {"before": before, "after": os.getloadavg(), "processors": os.cpu_count()}
    if options.format == "json":
        records = [asdict(each) | {"seconds": each.seconds} for each in found]
        json.dump({"load": load, "measured": records}, sys.stdout, indent=1)
        sys.stdout.write("\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in tables(found))
        minutes = [", ".join(f"{each:.1f}" for each in load[when]) for when in ("before", "after")]
        sys.stdout.write(
            f"\nload averages {minutes[0]} before, {minutes[1]} after, {load['processors']} processors\n"
        )


def engines(shapes: Path, others: str | None) -> Iterator[Engine]:
    """The engines that this machine has, ours first; says which are left out."""
    yield Engine(OURS, ours(shapes), RdfFormat.N_TRIPLES)
    command = [str(Path(PYTHON).with_name("pyshacl")), "-s", str(shapes), "-f", "nt", "-df", "nt"]
    yield Engine(f"pyshacl {_version(PYTHON, 'pyshacl')}", command, RdfFormat.N_TRIPLES)
    for package, script in (("pyshifty", "shifty_validate.py"), ("pyrudof", "rudof_validate.py")):
        version = _version(others, package) if others else None
        if others and version:
            command = [others, str(BARE / script), str(shapes)]
            yield Engine(f"{package} {version}", command, RdfFormat.N_TRIPLES)
        else:
            sys.stderr.write(f"{package} is not installed beside --others: left out\n")
    home = os.environ.get("JENA_HOME")
    shacl = shutil.which("shacl", path=str(Path(home) / "bin") if home else None)
    if shacl is None:
        sys.stderr.write("Jena's shacl is not on the PATH nor in JENA_HOME: left out\n")
    else:
        yield Engine("Jena", [shacl, "validate", "--shapes", str(shapes), "--data"], RdfFormat.TURTLE)


def ours(shapes: Path) -> list[str]:
    """The command of our own engine."""
    return [PYTHON, str(BARE / "set_engine.py"), str(shapes)]


def facts() -> list[Triple]:
    """The triples that are copied: all that our own shapes look at, the same in every run."""
    triples = checked_triples(build_view(bundled(), "best"))
    dataset = Dataset(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    # blank nodes get other names in each run, and a mistake falls on a triple by its place in the order
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted((quad.triple for quad in dataset), key=str)


def tables(found: list[Measured]) -> Iterator[str]:
    """One table for each size that several engines were run at, and one of how our own time grows."""
    for triples in sorted({each.triples for each in found if each.engine != OURS}):
        yield f"{triples:,} triples"
        numbers = f"{'seconds':>9} {'ratio':>7} {'CPU s':>8} {'MiB':>6} {'results':>8}"
        yield f"{'engine':<18} {'rounds':>6} {numbers}  to ours"
        for each in found:
            if each.triples == triples:
                ratio = "" if each.ratio is None else f"{'>' if each.late else ''}{each.ratio:.2f}"
                count = "" if each.results is None else f"{each.results:,}"
                worked = statistics.median(each.processor)
                numbers = f"{each.seconds:>9.2f} {ratio:>7} {worked:>8.2f} {each.megabytes:>6.0f} {count:>8}"
                yield f"{each.engine:<18} {len(each.rounds):>6} {numbers}  {each.verdict}".rstrip()
        yield ""
    yield "how our time grows, in seconds"
    yield (
        f"{'triples':>10} {'seconds':>9} {'per 1,000':>10} {'load':>8} {'compile':>8} {'ask':>8} "
        f"{'MiB':>7} {'results':>8}"
    )
    for each in found:
        if each.engine == OURS and each.split:
            parts = " ".join(f"{each.split[part]:>8.3f}" for part in ("load", "compile", "ask"))
            thousand = each.seconds / each.triples * 1000
            yield (
                f"{each.triples:>10,} {each.seconds:>9.2f} {thousand:>10.5f} {parts} "
                f"{each.megabytes:>7.0f} {each.results or 0:>8,}"
            )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--others", metavar="PYTHON", help="of an environment with pyshifty and pyrudof")
    parser.add_argument("--rounds", type=int, default=3, help="of each engine that is not slow")
    parser.add_argument("--limit", type=float, default=300.0, help="seconds after which a run is ended")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="triples, for all engines")
    parser.add_argument("--growth", type=int, nargs="*", default=GROWTH, help="triples, for ours alone")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    return parser.parse_args()


def _version(python: str, package: str) -> str | None:
    """The version of a package in an environment; None where it is not installed."""
    asked = subprocess.run([python, "-c", VERSION, package], check=False, capture_output=True, text=True)
    return asked.stdout.strip() if asked.returncode == 0 else None


def _last_line(path: Path) -> str:
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "without a word")


if __name__ == "__main__":
    main()
