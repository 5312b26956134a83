PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE { ?thing unp:movedTo ?value }
INSERT { ?thing unp:movedTo "1999-12-31"^^xsd:date }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Postponement ; unp:movedTo [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:movedTo } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:movedTo ?value .
}
