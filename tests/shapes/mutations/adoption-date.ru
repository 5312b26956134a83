PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:date ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Adoption ; unp:date [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:date } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:date ?value .
}
