PREFIX unp: <https://w3id.org/unpact/ontology#>
INSERT { ?thing unp:iso2 "AQ" }
WHERE { SELECT ?thing WHERE { ?thing a unp:Region } ORDER BY ?thing LIMIT 1 }
