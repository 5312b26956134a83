PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
INSERT { ?thing unp:plannedDate "2024"^^xsd:gYear }
WHERE { SELECT ?thing WHERE { ?thing a unp:Holding } ORDER BY ?thing LIMIT 1 }
