PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:start ?value }
INSERT { ?thing unp:start ?text }
WHERE {
  { SELECT ?thing WHERE { ?thing unp:start [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:start } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:start ?value .
  BIND(STR(?value) AS ?text)
}
