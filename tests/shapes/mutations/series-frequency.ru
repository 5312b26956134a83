PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:everyYears ?value . ?axiom ?used ?other }
INSERT { ?thing unp:everyYears 0 }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:MeetingSeries ; unp:everyYears [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:everyYears ?value .
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty unp:everyYears ; ?used ?other }
}
