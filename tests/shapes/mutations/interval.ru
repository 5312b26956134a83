PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE { ?thing unp:end ?value }
INSERT { ?thing unp:end "1999-12"^^xsd:gYearMonth }
WHERE {
  { SELECT ?thing WHERE { ?thing unp:start [] ; unp:end [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:end } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:end ?value .
}
