PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:openedForSignature ?value . ?axiom ?used ?other }
INSERT { ?thing unp:openedForSignature ?text }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Treaty ; unp:openedForSignature [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:openedForSignature ?value .
  BIND(STR(?value) AS ?text)
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty unp:openedForSignature ; ?used ?other }
}
