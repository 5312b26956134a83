PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:ordinalNumber ?value . ?axiom ?used ?other }
INSERT { ?thing unp:ordinalNumber 0 }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:ReviewCluster ; unp:ordinalNumber [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:ordinalNumber ?value .
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty unp:ordinalNumber ; ?used ?other }
}
