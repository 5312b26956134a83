PREFIX unp: <https://w3id.org/unpact/ontology#>
INSERT { ?thing unp:honorific "Botschafter"@de }
WHERE { SELECT ?thing WHERE { ?thing a unp:Person } ORDER BY ?thing LIMIT 1 }
