PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:cause ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Postponement ; unp:cause [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:cause } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:cause ?value .
}
