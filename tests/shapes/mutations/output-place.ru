PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
INSERT { ?thing unp:place id:unodc }
WHERE { SELECT ?thing WHERE { ?thing a unp:Survey } ORDER BY ?thing LIMIT 1 }
