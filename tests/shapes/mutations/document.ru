PREFIX unp: <https://w3id.org/unpact/ontology#>
INSERT { ?thing a unp:Place }
WHERE { SELECT ?thing WHERE { ?thing a unp:Strategy } ORDER BY ?thing LIMIT 1 }
