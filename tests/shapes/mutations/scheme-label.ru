PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE { ?thing rdfs:label ?value . ?axiom ?used ?other }
WHERE {
  { SELECT ?thing WHERE { ?thing a skos:ConceptScheme ; rdfs:label [] } ORDER BY ?thing LIMIT 1 }
  ?thing rdfs:label ?value .
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty rdfs:label ; ?used ?other }
}
