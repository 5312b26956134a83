PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:post ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:OfficeHolding ; unp:post [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:post } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:post ?value .
}
