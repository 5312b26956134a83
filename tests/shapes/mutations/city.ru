PREFIX unp: <https://w3id.org/unpact/ontology#>
INSERT { ?thing a unp:Region }
WHERE { SELECT ?thing WHERE { ?thing a unp:City } ORDER BY ?thing LIMIT 1 }
