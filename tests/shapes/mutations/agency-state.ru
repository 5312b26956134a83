PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:agencyOf ?value . ?axiom ?used ?other }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Agency ; unp:agencyOf [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:agencyOf ?value .
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty unp:agencyOf ; ?used ?other }
}
