PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:ministryOf ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Ministry ; unp:ministryOf [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:ministryOf } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:ministryOf ?value .
}
