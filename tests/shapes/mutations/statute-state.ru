PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:enactedBy ?value . ?axiom ?used ?other }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Statute ; unp:enactedBy [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:enactedBy ?value .
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty unp:enactedBy ; ?used ?other }
}
