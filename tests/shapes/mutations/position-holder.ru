PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:holder ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Position ; unp:holder [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:holder } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:holder ?value .
}
