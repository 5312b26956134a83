PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:enteredIntoForce ?value . ?axiom ?used ?other }
INSERT { ?thing unp:enteredIntoForce ?text }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Treaty ; unp:enteredIntoForce [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:enteredIntoForce ?value .
  BIND(STR(?value) AS ?text)
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty unp:enteredIntoForce ; ?used ?other }
}
