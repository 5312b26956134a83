"""Validates N-Triples with rudof, of the package `pyrudof`, and writes the report as N-Triples.

Run it with ``rudof_validate.py SHAPES DATA``. Errors are strict: a shape that it cannot read is no shape that
holds.
"""

import sys

import pyrudof

shapes, data = sys.argv[1:]
session = pyrudof.Rudof(pyrudof.RudofConfig())
session.read_data(data, format=pyrudof.RDFFormat.NTriples, reader_mode=pyrudof.ReaderMode.Strict)
session.read_shacl(shapes, format=pyrudof.ShaclFormat.Turtle, reader_mode=pyrudof.ReaderMode.Strict)
session.validate_shacl(mode=pyrudof.ShaclValidationMode.Native)
sys.stdout.write(
    session.serialize_shacl_validation_results(format=pyrudof.ResultShaclValidationFormat.NTriples)
)
