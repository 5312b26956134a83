PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:statedIn ?value . ?axiom ?used ?other }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Output ; unp:statedIn [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:statedIn ?value .
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty unp:statedIn ; ?used ?other }
}
