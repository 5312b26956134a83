PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
INSERT { ?thing unp:locatedIn id:unodc }
WHERE { SELECT ?thing WHERE { ?thing a unp:Place } ORDER BY ?thing LIMIT 1 }
