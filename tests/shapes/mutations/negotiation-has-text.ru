PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:elaborates ?value . ?axiom ?used ?other }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Negotiation ; unp:elaborates [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:elaborates ?value .
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty unp:elaborates ; ?used ?other }
}
