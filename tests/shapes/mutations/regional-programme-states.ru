PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:serves ?value . ?axiom ?used ?other }
WHERE {
  ?thing a unp:RegionalProgramme ; unp:serves ?value .
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty unp:serves ; ?used ?other }
}
