"""SPARQL over HTTP: what the protocol says of a request, and the formats of its answers."""
