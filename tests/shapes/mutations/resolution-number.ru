PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:number ?value . ?axiom ?used ?other }
INSERT { ?thing unp:number "A/RES/74/247" }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Resolution ; unp:number [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:number ?value .
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty unp:number ; ?used ?other }
}
