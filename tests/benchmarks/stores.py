"""Times loading and querying at scale: the store on disk, a service, and what else does the same, by turns.

Run it with ``python tests/benchmarks/stores.py [--only load|infer|query|upload]`` on a machine that is
otherwise idle. It measures and does not judge: no time is a test. The graphs are those of `world`. Each
program is a process of its own; a time is the median of its rounds, memory the peak. `our speed` is how
fast ours is beside that program: above 1 ours is faster; `by CPU` is the same of the processor time, which
a busy machine changes less. Jena takes part where `UNPACT_FUSEKI_JAR` names the jar of Fuseki, which also
has the loader of TDB2.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path

from measuring import BARE, PYTHON, Measured, growth, say, size_of, table
from store_inference import compare_inference
from store_queries import compare_queries
from store_uploads import compare_uploads
from world import WORLD_GRAPH, write

UNPACT = str(Path(PYTHON).with_name("unpact"))
SIZES = (100_000, 1_000_000, 10_000_000)
# rdflib holds everything in memory: a minute and 1.3 GB for a million triples
MOST_FOR_RDFLIB = 1_000_000
# what follows is drawn in memory: 5 GB for a million triples
MOST_FOR_INFERENCE = 1_000_000
# a trial of a load that changes something reads both graphs whole
MOST_FOR_TRIAL = 1_000_000
PATIENCE = 3600.0


def main() -> None:
    """Measure, and print the tables."""
    options = _options()
    loads: dict[int, list[Measured]] = {}
    inferences: dict[int, list[Measured]] = {}
    uploads: dict[int, list[Measured]] = {}
    answers: dict[int, list[Measured]] = {}
    say(f"{os.cpu_count()} processors, load averages {' '.join(f'{each:.1f}' for each in os.getloadavg())}")
    for size in options.sizes:
        with tempfile.TemporaryDirectory(dir=options.folder) as name:
            folder = Path(name)
            rounds = 1 if size > options.once_above else options.rounds
            if options.only != "query":
                file = folder / "world.nt"
                triples = write(file, size)
                if options.only in (None, "load"):
                    loads[triples] = compare_loads(file, triples, folder, rounds, options.rdflib_up_to)
                if options.only in (None, "infer") and triples <= MOST_FOR_INFERENCE * 1.1:
                    inferences[triples] = compare_inference(file, triples, folder, rounds)
                if options.only in (None, "upload"):
                    uploads[triples] = compare_uploads(file, triples, folder, rounds)
                file.unlink()
            if options.only in (None, "query"):
                file = folder / "world.nq"
                triples = write(file, size)
                answers[triples] = compare_queries(file, triples, folder, rounds)
    for found in (loads, inferences, uploads, answers):
        if len(found) > 1:
            say("", *growth(found))


def compare_loads(
    file: Path, triples: int, folder: Path, rounds: int, most_for_rdflib: int = MOST_FOR_RDFLIB
) -> list[Measured]:
    """A file of N-Triples into a store on disk, by each loader; and what a second load and a trial take."""
    store, other = folder / "store", folder / "other"
    ours = [UNPACT, "load", str(file), "--only-data", "--what", "data", "--store"]
    oxigraph = [PYTHON, str(BARE / "oxigraph_load.py"), str(file), str(other)]
    # what each loads into, to be emptied before
    programs: dict[str, tuple[Path | None, list[str]]] = {
        "unpact load": (store, [*ours, str(store)]),
        "pyoxigraph, into a named graph": (other, [*oxigraph, WORLD_GRAPH]),
        "pyoxigraph, into the default graph": (other, oxigraph),
    }
    if triples <= most_for_rdflib * 1.1:
        programs["rdflib, in memory"] = (None, [PYTHON, str(BARE / "rdflib_load.py"), str(file)])
    jar = os.environ.get("UNPACT_FUSEKI_JAR")
    if jar:
        tdb2 = ["java", "-cp", jar, "tdb2.tdbloader", "--loc", str(other), str(file)]
        programs["Jena TDB2, tdb2.tdbloader"] = (other, tdb2)
    else:
        say("UNPACT_FUSEKI_JAR names no jar of Fuseki: Jena is left out")
    programs["unpact load, once more"] = (None, [*ours, str(store)])
    programs["unpact load --dry-run, nothing new"] = (None, [*ours, str(store), "--dry-run"])
    if triples <= MOST_FOR_TRIAL * 1.1:
        more = folder / "more.nt"
        shutil.copyfile(file, more)
        with more.open("a", encoding="utf-8") as stream:
            stream.write("<urn:more> <urn:more> <urn:more> .\n")
        trial = [each if each != str(file) else str(more) for each in ours]
        programs["unpact load --dry-run, a triple more"] = (None, [*trial, str(store), "--dry-run"])
    found = {name: Measured(name) for name in programs}
    for _ in range(rounds):
        for name, (fresh, command) in programs.items():
            if fresh is not None:
                shutil.rmtree(fresh, ignore_errors=True)
            if not found[name].failed and found[name].run(command, folder, PATIENCE) and fresh is not None:
                found[name].disk = size_of(fresh)
    for each in (store, other):
        shutil.rmtree(each, ignore_errors=True)
    say("", *table(f"load into a store: {triples:,} triples", list(found.values()), triples))
    return list(found.values())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="triples")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--once-above", type=int, default=2_000_000, help="one round for more triples than this"
    )
    parser.add_argument("--rdflib-up-to", type=int, default=MOST_FOR_RDFLIB, help="triples, as memory allows")
    parser.add_argument("--only", choices=("load", "infer", "query", "upload"))
    parser.add_argument("--folder", type=Path, help="for the stores; some gigabytes at ten million triples")
    return parser.parse_args()


if __name__ == "__main__":
    main()
