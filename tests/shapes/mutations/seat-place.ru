PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:seat ?value }
INSERT { ?thing unp:seat id:austria }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Organization ; unp:seat [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:seat } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:seat ?value .
}
