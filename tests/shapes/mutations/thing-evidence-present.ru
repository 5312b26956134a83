PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:statedIn ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Output ; unp:statedIn [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:statedIn } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:statedIn ?value .
}
