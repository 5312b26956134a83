"""Facts and what follows from them into a store, beside a loader that is handed what follows."""

from __future__ import annotations

import shutil
from pathlib import Path

from measuring import BARE, PYTHON, Measured, say, size_of, table
from pyoxigraph import RdfFormat

from unpact.graph.stored import StoredGraph

UNPACT = str(Path(PYTHON).with_name("unpact"))
PATIENCE = 3600.0


def compare_inference(file: Path, triples: int, folder: Path, rounds: int) -> list[Measured]:
    """`unpact load` draws the conclusions; pyoxigraph loads the graph that has them already."""
    store, other, whole = folder / "store", folder / "other", folder / "whole.nq"
    ours = Measured("unpact load, with what follows")
    theirs = Measured("pyoxigraph, of all that this gives")
    for _ in range(rounds):
        for each in (store, other):
            shutil.rmtree(each, ignore_errors=True)
        if not ours.run([UNPACT, "load", str(file), "--only-data", "--store", str(store)], folder, PATIENCE):
            break
        ours.disk = size_of(store)
        StoredGraph(store).store.dump(whole, format=RdfFormat.N_QUADS)
        theirs.run([PYTHON, str(BARE / "oxigraph_load.py"), str(whole), str(other)], folder, PATIENCE)
        theirs.disk = size_of(other)
    found = [ours, theirs]
    say("", *table(f"load with what follows: {triples:,} triples and their conclusions", found, triples))
    for each in (store, other):
        shutil.rmtree(each, ignore_errors=True)
    whole.unlink(missing_ok=True)
    return found
