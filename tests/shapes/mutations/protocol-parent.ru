PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:parentConvention ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Protocol ; unp:parentConvention [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:parentConvention } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:parentConvention ?value .
}
