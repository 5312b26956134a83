PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:participant ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Participation ; unp:participant [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:participant } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:participant ?value .
}
