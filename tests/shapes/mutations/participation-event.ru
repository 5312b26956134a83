PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:participatesIn ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Participation ; unp:participatesIn [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:participatesIn } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:participatesIn ?value .
}
