PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
INSERT { ?thing unp:accreditedTo id:vienna }
WHERE { SELECT ?thing WHERE { ?thing a unp:Post } ORDER BY ?thing LIMIT 1 }
