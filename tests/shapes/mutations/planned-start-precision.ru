PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:plannedStart ?value }
INSERT { ?thing unp:plannedStart ?text }
WHERE {
  { SELECT ?thing WHERE { ?thing unp:plannedStart [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:plannedStart } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:plannedStart ?value .
  BIND(STR(?value) AS ?text)
}
