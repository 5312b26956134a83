# Note that a part of a staged graph has arrived.
INSERT DATA { GRAPH $manifest { $staged <http://purl.org/dc/terms/hasPart> $part } }
