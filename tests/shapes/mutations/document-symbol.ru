PREFIX unp: <https://w3id.org/unpact/ontology#>
INSERT { ?thing unp:symbol "74/247 of the General Assembly" }
WHERE { SELECT ?thing WHERE { ?thing a unp:Resolution } ORDER BY ?thing LIMIT 1 }
