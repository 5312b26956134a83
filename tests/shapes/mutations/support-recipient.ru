PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:recipient ?value }
INSERT { ?thing unp:recipient id:vienna }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:SupportActivity ; unp:recipient [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:recipient } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:recipient ?value .
}
