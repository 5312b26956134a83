PREFIX unp: <https://w3id.org/unpact/ontology#>
INSERT { ?thing unp:stance unp:Supports }
WHERE { SELECT ?thing WHERE { ?thing a unp:Participation } ORDER BY ?thing LIMIT 1 }
