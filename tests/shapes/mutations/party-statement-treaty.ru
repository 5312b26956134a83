PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:treaty ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:PartyStatement ; unp:treaty [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:treaty } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:treaty ?value .
}
