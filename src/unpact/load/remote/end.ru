# Take back that the load of this holder is under way; what it staged is still listed.
DELETE { GRAPH $manifest { $load ?predicate ?object } }
WHERE { GRAPH $manifest { $load <http://purl.org/dc/terms/creator> $holder ; ?predicate ?object } }
