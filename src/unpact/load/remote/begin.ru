# Say that a load begins, unless another one is under way.
INSERT { GRAPH $manifest {
  $load <http://purl.org/dc/terms/creator> $holder ;
    <http://purl.org/dc/terms/identifier> $key ;
    <http://purl.org/dc/terms/valid> $until .
} }
WHERE { FILTER NOT EXISTS { GRAPH $manifest { $load <http://purl.org/dc/terms/creator> ?other } } }
