PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:plannedDate ?value }
INSERT { ?thing unp:plannedDate ?text }
WHERE {
  { SELECT ?thing WHERE { ?thing unp:plannedDate [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:plannedDate } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:plannedDate ?value .
  BIND(STR(?value) AS ?text)
}
