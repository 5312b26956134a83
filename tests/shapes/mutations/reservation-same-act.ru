PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE { ?thing unp:date ?value }
INSERT { ?thing unp:date "1900-01-01"^^xsd:date }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Reservation ; unp:date [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:date ?value .
}
