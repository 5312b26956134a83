# Put a staged graph in its place, for stores that lose triples in MOVE. The last operation fails when nothing is
# staged, and takes the whole request back where requests are atomic. (DROP of no graph is no error in Fuseki.)
DROP SILENT GRAPH $graph ;
INSERT { GRAPH $graph { ?subject ?predicate ?object } }
WHERE { GRAPH $staged { ?subject ?predicate ?object } } ;
CLEAR GRAPH $staged
