# Take back what the manifest says of a graph, before that is replaced in its place.
DELETE { GRAPH $manifest { $graph ?predicate ?object } }
WHERE { GRAPH $manifest { $graph ?predicate ?object } }
