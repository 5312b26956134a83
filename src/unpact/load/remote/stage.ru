# Note where a graph is staged, before anything is sent there.
INSERT DATA { GRAPH $manifest { $staged <http://purl.org/dc/terms/isVersionOf> $graph } }
