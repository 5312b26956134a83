PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:fieldOfficeOf ?value . ?axiom ?used ?other }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:FieldOffice ; unp:fieldOfficeOf [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:fieldOfficeOf ?value .
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty unp:fieldOfficeOf ; ?used ?other }
}
