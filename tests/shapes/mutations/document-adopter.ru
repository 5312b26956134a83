PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
INSERT { ?thing unp:adoptedBy id:judges }
WHERE { SELECT ?thing WHERE { ?thing a unp:Resolution } ORDER BY ?thing LIMIT 1 }
