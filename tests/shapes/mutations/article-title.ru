PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX dcterms: <http://purl.org/dc/terms/>
DELETE { ?thing dcterms:title ?value . ?axiom ?used ?other }
INSERT { ?thing dcterms:title "A title without a language" }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Article ; dcterms:title [] } ORDER BY ?thing LIMIT 1 }
  ?thing dcterms:title ?value .
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty dcterms:title ; ?used ?other }
}
