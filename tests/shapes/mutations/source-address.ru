PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX dcterms: <http://purl.org/dc/terms/>
DELETE { ?thing dcterms:source ?value . ?axiom ?used ?other }
INSERT { ?thing dcterms:source "on the web" }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Source ; dcterms:source [] } ORDER BY ?thing LIMIT 1 }
  ?thing dcterms:source ?value .
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty dcterms:source ; ?used ?other }
}
