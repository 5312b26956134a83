PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:negotiation ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Position ; unp:negotiation [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:negotiation } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:negotiation ?value .
}
