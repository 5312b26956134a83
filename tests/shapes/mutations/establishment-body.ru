PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:establishes ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Establishment ; unp:establishes [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:establishes } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:establishes ?value .
}
