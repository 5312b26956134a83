PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE { ?thing unp:plannedEnd ?value }
INSERT { ?thing unp:plannedEnd "1999-12"^^xsd:gYearMonth }
WHERE {
  { SELECT ?thing WHERE { ?thing unp:plannedStart [] ; unp:plannedEnd [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:plannedEnd ?value .
}
