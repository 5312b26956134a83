PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:reviewOf ?value . ?axiom ?used ?other }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:ReviewMechanism ; unp:reviewOf [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:reviewOf ?value .
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty unp:reviewOf ; ?used ?other }
}
