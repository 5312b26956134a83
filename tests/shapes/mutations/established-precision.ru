PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:established ?value }
INSERT { ?thing unp:established ?text }
WHERE {
  { SELECT ?thing WHERE { ?thing unp:established [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:established } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:established ?value .
  BIND(STR(?value) AS ?text)
}
