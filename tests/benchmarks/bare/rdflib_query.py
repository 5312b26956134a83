"""The same with rdflib."""

import sys
from pathlib import Path

import rdflib

graph = rdflib.Graph()
for file in sys.argv[2:]:
    graph.parse(file, format="turtle")
rows = graph.query(Path(sys.argv[1]).read_text(encoding="utf-8"))
sys.stdout.buffer.write(rows.serialize(format="csv") or b"")
