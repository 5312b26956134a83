"""Times whole processes in turn and prints each median beside the ratio to a named alternative.

Run it with ``python tests/benchmarks/run.py [ROUNDS]`` on a machine that is otherwise idle. It measures and
does not judge: no time is a test. Each round runs every command once, ours and the others' by turns, so that
a machine that slows down slows all of them; a ratio is the median of the rounds' own ratios. Jena takes part
when `arq` and `shacl` are on the PATH, or in `bin` of `JENA_HOME`.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from unpact import open as open_graph
from unpact.corpus import bundled

BARE = Path(__file__).parent / "bare"
PYTHON = sys.executable
UNPACT = str(Path(PYTHON).with_name("unpact"))
QUERY = "country-programmes"
# the longest kind of proof: a day that a rule computes from other days that rules give
WHY = ("id:pakistan-ratification-untoc", "unp:earliestEntryIntoForce", "2010-02-12")
ROUNDS = 15


class Program(NamedTuple):
    """A command line, and a folder to empty before each run of it."""

    name: str
    command: list[str]
    fresh: Path | None = None


class Comparison(NamedTuple):
    """One of our commands beside what else does the same work."""

    ours: Program
    others: list[Program]
    # slow ones need fewer rounds
    share: float = 1.0


def main() -> None:
    """Measure, and print one line for each alternative."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "UNPACT_CACHE_DIR": str(Path(folder) / "cache")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for comparison in comparisons(Path(folder)):
            report(comparison, max(2, round(rounds * comparison.share)), environment)


def comparisons(folder: Path) -> list[Comparison]:
    """What is compared with what; writes the inputs of the other programs into `folder`."""
    corpus = bundled()
    facts = [str(file.path) for file in (*corpus.ontology_files(), *corpus.data_files())]
    query = plain_query(folder)
    merged = folder / "merged.nt"
    merged.write_text(union(), encoding="utf-8")
    shapes = folder / "shapes.ttl"
    shapes.write_bytes(b"\n".join(file.read() for file in corpus.shape_files()))
    cold = folder / "cache"

    oxigraph = Program("click and pyoxigraph", [PYTHON, str(BARE / "oxigraph_query.py"), str(query), *facts])
    rdflib = Program("rdflib", [PYTHON, str(BARE / "rdflib_query.py"), str(query), *facts])
    arq = jena("arq", ["--query", str(query), "--results=csv", *(f"--data={file}" for file in facts)])
    pyshacl_command = str(Path(PYTHON).with_name("pyshacl"))
    pyshacl = Program("pyshacl's command", [pyshacl_command, "-s", str(shapes), str(merged)])
    shacl = jena("shacl", ["validate", "--shapes", str(shapes), "--data", str(merged)])
    asked = [UNPACT, "query", QUERY, "--format", "csv"]
    stored = Program(
        "a stored query", [UNPACT, "query", "party-status", "--state", "Pakistan", "--format", "csv"]
    )
    return [
        Comparison(
            Program("unpact --help", [UNPACT, "--help"]),
            [Program("a bare click program", [PYTHON, str(BARE / "click_program.py"), "--help"])],
        ),
        Comparison(Program("unpact query, warm", asked), [oxigraph]),
        Comparison(Program("unpact query, warm", asked), [rdflib, *arq], 0.4),
        Comparison(Program("unpact query, cold", asked, cold), [oxigraph, rdflib], 0.4),
        Comparison(
            Program("unpact validate, warm", [UNPACT, "validate"]), [Program("unpact query, warm", asked)]
        ),
        Comparison(Program("unpact why, warm", [UNPACT, "why", *WHY]), [stored]),
        Comparison(Program("unpact query --cite, warm", [*stored.command, "--cite"]), [stored]),
        Comparison(Program("unpact show, warm", [UNPACT, "show", "id:country-programme-2"]), [stored]),
        Comparison(Program("unpact validate, warm", [UNPACT, "validate"]), [pyshacl, *shacl], 0.2),
        Comparison(Program("unpact validate, cold", [UNPACT, "validate"], cold), [pyshacl, *shacl], 0.2),
    ]


def report(comparison: Comparison, rounds: int, environment: dict[str, str]) -> None:
    """Run a comparison and print it."""
    programs = [comparison.ours, *comparison.others]
    times: list[list[float]] = [[] for _ in programs]
    for number in range(rounds + 1):
        for program, found in zip(programs, times, strict=True):
            spent = seconds(program, environment)
            if number:  # the first round fills caches, the machine's among them
                found.append(spent)
    own = statistics.median(times[0])
    for other, theirs in zip(comparison.others, times[1:], strict=True):
        ratio = statistics.median(a / b for a, b in zip(times[0], theirs, strict=True))
        median = statistics.median(theirs) * 1000
        line = (
            f"{comparison.ours.name:<22} {own * 1000:8.0f} ms {ratio:8.2f} x {other.name} ({median:.0f} ms)\n"
        )
        sys.stdout.write(line)
        sys.stdout.flush()


def seconds(program: Program, environment: dict[str, str]) -> float:
    """The wall time of one whole process. Raises CalledProcessError when it fails."""
    if program.fresh is not None:
        shutil.rmtree(program.fresh, ignore_errors=True)
    begin = time.perf_counter()
    done = subprocess.run(program.command, check=False, capture_output=True, env=environment)
    spent = time.perf_counter() - begin
    # a validator that finds something ends with 1 and has done its work
    if done.returncode not in (0, 1):
        raise subprocess.CalledProcessError(done.returncode, program.command, done.stdout, done.stderr)
    return spent


def union() -> str:
    """All that our own validation looks at, as N-Triples: the facts and what follows from them."""
    triples = {(subject, used, value) for subject, used, value, _ in open_graph().to_rdflib().quads()}
    return "".join(f"{subject.n3()} {used.n3()} {value.n3()} .\n" for subject, used, value in sorted(triples))


def plain_query(folder: Path) -> Path:
    """The stored query without its optional lines, which is what unpact runs when no parameter is given."""
    path = folder / "plain.rq"
    query = open_graph().queries.find(QUERY)
    lines, keep = [], True
    for line in query.text.splitlines():
        keep = keep and not line.strip().startswith("# if $")
        if keep:
            lines.append(line)
        keep = keep or line.strip() == "# end"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def jena(tool: str, arguments: list[str]) -> list[Program]:
    """Jena's tool as a program to compare with; none where it is not installed."""
    home = os.environ.get("JENA_HOME")
    found = shutil.which(tool, path=str(Path(home) / "bin") if home else None)
    if found is None:
        sys.stderr.write(f"Jena's {tool} is not on the PATH nor in JENA_HOME: left out\n")
        return []
    return [Program(f"Jena {tool}", [found, *arguments])]


if __name__ == "__main__":
    main()
