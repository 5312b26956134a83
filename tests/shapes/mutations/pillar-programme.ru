PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { ?programme unp:pillar ?thing . ?axiom ?used ?value }
INSERT { ?thing rdfs:comment "In no programme."@en }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Pillar } ORDER BY ?thing LIMIT 1 }
  ?programme unp:pillar ?thing .
  OPTIONAL { ?axiom owl:annotatedProperty unp:pillar ; owl:annotatedTarget ?thing ; ?used ?value }
}
