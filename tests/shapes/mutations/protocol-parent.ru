PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:parentConvention ?value . ?axiom ?used ?other }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Protocol ; unp:parentConvention [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:parentConvention ?value .
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty unp:parentConvention ; ?used ?other }
}
