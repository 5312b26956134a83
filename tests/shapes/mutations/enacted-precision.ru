PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:enacted ?value . ?axiom ?used ?other }
INSERT { ?thing unp:enacted ?text }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Statute ; unp:enacted [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:enacted ?value .
  BIND(STR(?value) AS ?text)
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty unp:enacted ; ?used ?other }
}
