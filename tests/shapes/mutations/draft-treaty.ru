PREFIX unp: <https://w3id.org/unpact/ontology#>
INSERT { ?thing a unp:Treaty }
WHERE { SELECT ?thing WHERE { ?thing a unp:DraftTreaty } ORDER BY ?thing LIMIT 1 }
