PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:plannedEnd ?value }
INSERT { ?thing unp:plannedEnd ?text }
WHERE {
  { SELECT ?thing WHERE { ?thing unp:plannedEnd [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:plannedEnd } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:plannedEnd ?value .
  BIND(STR(?value) AS ?text)
}
