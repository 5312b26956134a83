PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:modality ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Outcome ; unp:modality [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:modality } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:modality ?value .
}
