PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
INSERT { ?thing unp:recipient id:pakistan }
WHERE { SELECT ?thing WHERE { ?thing a unp:Measure } ORDER BY ?thing LIMIT 1 }
