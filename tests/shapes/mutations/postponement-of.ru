PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:postpones ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Postponement ; unp:postpones [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:postpones } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:postpones ?value .
}
