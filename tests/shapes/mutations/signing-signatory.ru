PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:signatory ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Signing ; unp:signatory [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:signatory } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:signatory ?value .
}
