PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:partOf ?value . ?axiom ?used ?other }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:ReviewCluster ; unp:partOf [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:partOf ?value .
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty unp:partOf ; ?used ?other }
}
