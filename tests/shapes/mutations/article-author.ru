PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
INSERT { ?thing unp:contributor id:vienna }
WHERE { SELECT ?thing WHERE { ?thing a unp:Article } ORDER BY ?thing LIMIT 1 }
