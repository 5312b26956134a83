"""Read N-Triples and draw the closure with another engine; print what `closure_unpact.py` prints.

Run it as ``closure_others.py ENGINE FILE`` in an environment that has the engine: reasonable, nemo or owlrl.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path


def reasonable(file: str) -> tuple[float, float, int, int]:
    """Rust; it reads Turtle, of which N-Triples are a part."""
    import reasonable as engine

    turtle = Path(file).with_suffix(".ttl")
    if not turtle.exists():
        turtle.symlink_to(file)
    begin = time.perf_counter()
    reasoner = engine.PyReasoner()
    reasoner.load_file(str(turtle))
    read = time.perf_counter()
    found = reasoner.reason()
    return read - begin, time.perf_counter() - read, 0, len(found)


def nemo(file: str) -> tuple[float, float, int, int]:
    """Rust; it reads while it reasons, so that the two cannot be told apart."""
    import nmo_python as engine

    rules = Path(__file__).with_name("owl_rl.rls").read_text(encoding="utf-8")
    program = f'{rules}\n@import t :- ntriples {{ resource = "{file}" }} .\n@output t .\n'
    begin = time.perf_counter()
    reasoner = engine.NemoEngine(engine.load_string(program))
    reasoner.reason()
    end = time.perf_counter()
    return 0.0, end - begin, 0, sum(1 for _ in reasoner.result("t"))


def owlrl(file: str) -> tuple[float, float, int, int]:
    """Python."""
    import owlrl as engine
    import rdflib

    begin = time.perf_counter()
    graph = rdflib.Graph()
    graph.parse(file, format="nt")
    read = time.perf_counter()
    before = len(graph)
    engine.DeductiveClosure(engine.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(
        graph
    )
    return read - begin, time.perf_counter() - read, before, len(graph) - before


def main() -> None:
    """Run one engine."""
    engine = {"reasonable": reasonable, "nemo": nemo, "owlrl": owlrl}[sys.argv[1]]
    read, reasoned, before, new = engine(sys.argv[2])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{read:.2f} {reasoned:.2f} {before} {new} {peak:.0f}\n")


if __name__ == "__main__":
    main()
