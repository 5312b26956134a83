PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:currency ?value }
INSERT { ?thing unp:currency "US dollars" }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:MonetaryAmount ; unp:currency [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:currency } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:currency ?value .
}
