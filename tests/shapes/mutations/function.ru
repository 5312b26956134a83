PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
INSERT { ?thing unp:date "2021"^^xsd:gYear }
WHERE { SELECT ?thing WHERE { ?thing a unp:Function } ORDER BY ?thing LIMIT 1 }
