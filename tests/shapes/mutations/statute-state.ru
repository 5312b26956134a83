PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:enactedBy ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Statute ; unp:enactedBy [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:enactedBy } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:enactedBy ?value .
}
