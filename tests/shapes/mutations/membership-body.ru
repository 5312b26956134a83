PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing org:organization ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Membership ; org:organization [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty org:organization } } ORDER BY ?thing LIMIT 1 }
  ?thing org:organization ?value .
}
