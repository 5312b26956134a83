PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:heldBy ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Meeting ; unp:heldBy [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:heldBy } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:heldBy ?value .
}
