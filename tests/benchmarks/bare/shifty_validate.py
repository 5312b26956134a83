"""Validates N-Triples with shifty, of the package `pyshifty`, and writes the report as N-Triples.

Run it with ``shifty_validate.py SHAPES DATA``. It asks the extension module itself: what the package offers
in front of it parses the report again with rdflib, which is no part of a validation.
"""

import sys

from shifty import _shifty

shapes, data = sys.argv[1:]
# the data alone is looked at, as by every other engine here, and no rule is run before
result = _shifty._validate_w3c(
    data_path=data,
    data_format="nt",
    shapes_path=shapes,
    shapes_format="turtle",
    graph_mode="data",
    run_infer=False,
    sort_results=False,
    on_unsupported="error",
)
for diagnostic in result.diagnostics:
    sys.stderr.write(f"{diagnostic}\n")
sys.stdout.write(result._report_ntriples)
