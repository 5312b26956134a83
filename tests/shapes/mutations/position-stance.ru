PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:stance ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Position ; unp:stance [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:stance } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:stance ?value .
}
