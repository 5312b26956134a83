"""Lets schemathesis send SPARQL as it stands, a media type that it does not know by itself."""

import schemathesis

schemathesis.serializer.alias("application/sparql-query", "text/plain")
