PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:published ?value . ?axiom ?used ?other }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Article ; unp:published [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:published ?value .
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty unp:published ; ?used ?other }
}
