PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX dcterms: <http://purl.org/dc/terms/>
DELETE { ?thing dcterms:publisher ?value . ?axiom ?used ?other }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Source ; dcterms:publisher [] } ORDER BY ?thing LIMIT 1 }
  ?thing dcterms:publisher ?value .
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty dcterms:publisher ; ?used ?other }
}
