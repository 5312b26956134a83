"""Read N-Triples and draw the closure; print the seconds of both, the counts, and the peak of memory."""

from __future__ import annotations

import itertools
import resource
import sys
import time

from pyoxigraph import RdfFormat, parse

from unpact.reason.closure import Closure
from unpact.reason.revise import revise


def main() -> None:
    """Close the graph in the file named first; with `bare` behind it nothing is remembered of how.

    With `revise` a hundred facts are then taken back and given again, and that is what is timed.
    """
    begin = time.perf_counter()
    closure = Closure(record="bare" not in sys.argv[2:])
    with open(sys.argv[1], "rb") as stream:  # noqa: PTH123 - as short as it can be
        quads = parse(input=stream, format=RdfFormat.N_TRIPLES)
        delta = closure.take(
            closure.codes.encode((quad.subject, quad.predicate, quad.object) for quad in quads)
        )
    read = time.perf_counter()
    before = len(closure.facts)
    closure.proceed(delta)
    new = len(closure.facts) - before
    if "revise" in sys.argv[2:]:
        some = list(itertools.islice(closure.facts.triples(), 0, None, before // 100))
        read += time.perf_counter() - read
        revise(closure, removed=some)
        revise(closure, added=some)
    end = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{read - begin:.2f} {end - read:.2f} {before} {new} {peak:.0f}\n")


if __name__ == "__main__":
    main()
