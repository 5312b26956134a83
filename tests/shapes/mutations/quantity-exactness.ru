PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:exactness ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Quantity ; unp:exactness [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:exactness } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:exactness ?value .
}
