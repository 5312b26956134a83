"""Which sentence says so: from triples, things and rows of an answer to passages of a source."""
