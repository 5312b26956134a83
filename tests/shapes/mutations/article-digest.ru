PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:sha256 ?value . ?axiom ?used ?other }
INSERT { ?thing unp:sha256 "none" }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Article ; unp:sha256 [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:sha256 ?value .
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty unp:sha256 ; ?used ?other }
}
