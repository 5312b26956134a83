PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:asOf ?value }
INSERT { ?thing unp:asOf ?text }
WHERE {
  { SELECT ?thing WHERE { ?thing unp:asOf [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:asOf } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:asOf ?value .
  BIND(STR(?value) AS ?text)
}
