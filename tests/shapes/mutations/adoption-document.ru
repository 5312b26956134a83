PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:adopts ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Adoption ; unp:adopts [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:adopts } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:adopts ?value .
}
