PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:providedBy ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Provision ; unp:providedBy [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:providedBy } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:providedBy ?value .
}
