PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:unit ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Quantity ; unp:unit [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:unit } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:unit ?value .
}
