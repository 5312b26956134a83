"""Times whole processes side by side and prints each median and its ratio to the named alternative.

Run it with ``python tests/benchmarks/run.py [RUNS]`` on a machine that is otherwise idle. It measures
and does not judge: no time is a test.
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

from unpact.corpus import bundled

HERE = Path(__file__).parent / "bare"
PYTHON = sys.executable
UNPACT = str(Path(PYTHON).with_name("unpact"))
QUERY = "country-programmes"


def seconds(
    command: list[str], runs: int, environment: dict[str, str], *, fresh: Path | None = None
) -> float:
    """The median wall time of `runs` whole processes; `fresh` is a folder to empty before each of them."""
    times = []
    for number in range(runs + 1):
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)
        begin = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
        if number:  # the first one warms the file cache of the machine
            times.append(time.perf_counter() - begin)
    return statistics.median(times)


def main() -> None:
    """Measure, and print one line for each pair."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    corpus = bundled()
    files = [str(file.path) for file in (*corpus.ontology_files(), *corpus.data_files())]
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "cache"
        environment = {**os.environ, "UNPACT_CACHE_DIR": str(cache)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        text = next(file.path for file in corpus.query_files() if file.path.stem == QUERY)
        # the stored query without its optional lines, which is what unpact runs when no parameter is given
        plain = Path(folder) / "plain.rq"
        lines, keep = [], True
        for line in text.read_text(encoding="utf-8").splitlines():
            keep = keep and not line.strip().startswith("# if $")
            if keep:
                lines.append(line)
            keep = keep or line.strip() == "# end"
        plain.write_text("\n".join(lines), encoding="utf-8")

        def measure(command: list[str], *, fresh: Path | None = None, times: int = runs) -> float:
            return seconds(command, times, environment, fresh=fresh)

        query = [UNPACT, "query", QUERY, "--format", "csv"]
        click_alone = measure([PYTHON, str(HERE / "click_program.py"), "--help"])
        oxigraph = measure([PYTHON, str(HERE / "oxigraph_query.py"), str(plain), *files])
        few = max(runs // 4, 2)
        rdflib = measure([PYTHON, str(HERE / "rdflib_query.py"), str(plain), *files], times=few)
        results = [
            ("unpact --help", measure([UNPACT, "--help"]), "a bare click program", click_alone),
            ("unpact query, warm", measure(query), "click and pyoxigraph", oxigraph),
            ("unpact query, warm", measure(query), "rdflib", rdflib),
            ("unpact query, cold", measure(query, fresh=cache, times=few), "click and pyoxigraph", oxigraph),
            ("unpact validate", measure([UNPACT, "validate"], times=few), "rdflib, parse and query", rdflib),
        ]
    for name, own, alternative, other in results:
        sys.stdout.write(
            f"{name:<20} {own * 1000:8.0f} ms  {own / other:6.2f} x {alternative} ({other * 1000:.0f} ms)\n"
        )


if __name__ == "__main__":
    main()
