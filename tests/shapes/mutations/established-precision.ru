PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:established ?value . ?axiom ?used ?other }
INSERT { ?thing unp:established ?text }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Agent ; unp:established [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:established ?value .
  BIND(STR(?value) AS ?text)
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty unp:established ; ?used ?other }
}
