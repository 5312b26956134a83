PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:end ?value }
INSERT { ?thing unp:end ?text }
WHERE {
  { SELECT ?thing WHERE { ?thing unp:end [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:end } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:end ?value .
  BIND(STR(?value) AS ?text)
}
