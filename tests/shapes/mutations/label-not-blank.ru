PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { ?thing rdfs:label ?label }
INSERT { ?thing rdfs:label " "@en }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Place } ORDER BY ?thing LIMIT 1 }
  ?thing rdfs:label ?label .
}
