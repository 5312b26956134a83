PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:date ?value }
INSERT { ?thing unp:date ?text }
WHERE {
  { SELECT ?thing WHERE { ?thing unp:date [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:date } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:date ?value .
  BIND(STR(?value) AS ?text)
}
