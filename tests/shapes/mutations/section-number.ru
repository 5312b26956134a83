PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:sectionNumber ?value . ?axiom ?used ?other }
INSERT { ?thing unp:sectionNumber -1 }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Section ; unp:sectionNumber [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:sectionNumber ?value .
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty unp:sectionNumber ; ?used ?other }
}
