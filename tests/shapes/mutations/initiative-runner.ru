PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
INSERT { ?thing unp:runBy id:judges }
WHERE { SELECT ?thing WHERE { ?thing a unp:Initiative } ORDER BY ?thing LIMIT 1 }
