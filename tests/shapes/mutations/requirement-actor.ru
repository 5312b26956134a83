PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:actor ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Requirement ; unp:actor [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:actor } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:actor ?value .
}
