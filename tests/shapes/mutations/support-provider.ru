PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:provider ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:SupportActivity ; unp:provider [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:provider } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:provider ?value .
}
