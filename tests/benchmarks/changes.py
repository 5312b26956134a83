"""Times a validation after a change beside a full one of the same graph, in one process.

Run it with ``python tests/benchmarks/changes.py [TRIPLES …]`` on a machine that is otherwise idle. It
measures and does not judge: no time is a test. Some triples of the graph are replaced, the two validations
run by turns, and each pair has to find the same; a ratio is the median of the rounds' own ratios.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

from graphs import SEED, triples
from pyoxigraph import Quad, Store, Triple
from validation import facts

from unpact.corpus import bundled
from unpact.graph.memory import MemoryGraph
from unpact.shacl.again import Known
from unpact.shacl.engine import Data, validate_graph
from unpact.shacl.looks import Changes
from unpact.validate.shapes import Shapes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.shacl.engine import Outcome
    from unpact.shacl.run import Result
    from unpact.shacl.shapes import ShapesGraph

SIZES = (100_000, 1_000_000)
REPLACED = (1, 10, 100, 1_000)
ROUNDS = 3


def main() -> None:
    """Measure, and print one line for each size of graph and of change."""
    shapes = Shapes(bundled().shape_files()).graph
    unit = facts()
    for size in map(int, sys.argv[1:]) if sys.argv[1:] else SIZES:
        before = list(dict.fromkeys(triples(unit, size, 0.005)))
        for number in REPLACED:
            measure(before, number, shapes)


def measure(before: Sequence[Triple], number: int, shapes: ShapesGraph) -> None:
    """Replace some triples, and print how long it takes to validate that again."""
    chance = random.Random(SEED)  # noqa: S311 - a repeatable draw, no secret
    gone = chance.sample(before, number)
    values = [triple.object for triple in chance.sample(before, number)]
    came = [
        Triple(triple.subject, triple.predicate, value) for triple, value in zip(gone, values, strict=True)
    ]
    changes = Changes(set(gone) ^ set(came))
    known = Known(validate_graph(data_of(before), shapes).answers, changes)
    lost = set(gone)
    after = data_of([*(triple for triple in before if triple not in lost), *came])
    full, again = [], []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        wanted = validate_graph(after, shapes)
        middle = time.perf_counter()
        found = validate_graph(after, shapes, known=known)
        again.append(time.perf_counter() - middle)
        full.append(middle - begin)
        if results(found) != results(wanted):
            raise SystemExit("the two validations do not find the same")
    ratio = statistics.median(one / other for one, other in zip(again, full, strict=True))
    sys.stdout.write(
        f"{len(before):>9,} triples, {number:>6,} replaced {statistics.median(again) * 1000:8.0f} ms "
        f"{ratio:6.2f} x a full validation ({statistics.median(full) * 1000:.0f} ms)\n"
    )
    sys.stdout.flush()


def data_of(found: Sequence[Triple]) -> Data:
    """A graph in the embedded engine."""
    store = Store()
    store.extend(Quad(*triple) for triple in found)
    return Data(MemoryGraph(store), lambda: found)


def results(outcome: Outcome) -> Counter[Result]:
    """What was found, in no order."""
    return Counter(outcome.results)


if __name__ == "__main__":
    main()
