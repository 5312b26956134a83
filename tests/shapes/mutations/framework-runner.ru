PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:runBy ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:PartnershipFramework ; unp:runBy [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:runBy } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:runBy ?value .
}
