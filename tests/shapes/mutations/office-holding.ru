PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX topic: <https://w3id.org/unpact/topic/>
INSERT { ?thing unp:aim topic:cybercrime }
WHERE { SELECT ?thing WHERE { ?thing a unp:OfficeHolding } ORDER BY ?thing LIMIT 1 }
