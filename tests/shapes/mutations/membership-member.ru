PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing org:member ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Membership ; org:member [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty org:member } } ORDER BY ?thing LIMIT 1 }
  ?thing org:member ?value .
}
