PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:conferenceOf ?value . ?axiom ?used ?other }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:ConferenceOfParties ; unp:conferenceOf [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:conferenceOf ?value .
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty unp:conferenceOf ; ?used ?other }
}
