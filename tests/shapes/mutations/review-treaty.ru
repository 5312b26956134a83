PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:reviewOf ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:ReviewMechanism ; unp:reviewOf [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:reviewOf } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:reviewOf ?value .
}
