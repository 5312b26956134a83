"""A file into a graph of rdflib in memory: ``rdflib_load.py FILE``."""

import sys

from rdflib import Graph

Graph().parse(sys.argv[1], format="nt")
