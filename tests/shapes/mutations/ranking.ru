PREFIX unp: <https://w3id.org/unpact/ontology#>
INSERT { ?thing unp:stance unp:Supports }
WHERE { SELECT ?thing WHERE { ?thing a unp:Ranking } ORDER BY ?thing LIMIT 1 }
