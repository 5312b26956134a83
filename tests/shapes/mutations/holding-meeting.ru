PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:about ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Holding ; unp:about [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:about } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:about ?value .
}
