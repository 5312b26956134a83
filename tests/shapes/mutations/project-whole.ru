PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
INSERT { ?thing unp:partOf id:unodc }
WHERE { SELECT ?thing WHERE { ?thing a unp:Project } ORDER BY ?thing LIMIT 1 }
