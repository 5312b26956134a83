PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:role ?value }
INSERT { ?thing unp:role "member" }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Membership ; unp:role [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:role } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:role ?value .
}
