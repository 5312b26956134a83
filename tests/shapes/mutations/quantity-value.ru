PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:value ?value }
INSERT { ?thing unp:value "53" }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Quantity ; unp:value [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:value } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:value ?value .
}
