PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:rank ?value }
INSERT { ?thing unp:rank 0 }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Ranking ; unp:rank [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:rank } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:rank ?value .
}
