# Say that the load of this holder goes on, and until when at least.
DELETE { GRAPH $manifest { $load <http://purl.org/dc/terms/valid> ?before } }
INSERT { GRAPH $manifest { $load <http://purl.org/dc/terms/valid> $until } }
WHERE { GRAPH $manifest {
  $load <http://purl.org/dc/terms/creator> $holder ;
    <http://purl.org/dc/terms/valid> ?before .
} }
