PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:cluster ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:ReviewGroup ; unp:cluster [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:cluster } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:cluster ?value .
}
