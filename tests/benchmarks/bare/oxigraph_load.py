"""A file into a store on disk by Oxigraph's own bulk loader: ``oxigraph_load.py FILE DIR [GRAPH]``."""

import sys

from pyoxigraph import NamedNode, RdfFormat, Store

file, folder, *graph = sys.argv[1:]
syntax = RdfFormat.from_extension(file.rpartition(".")[2])
Store(folder).bulk_load(path=file, format=syntax, to_graph=NamedNode(graph[0]) if graph else None)
