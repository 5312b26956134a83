PREFIX unp: <https://w3id.org/unpact/ontology#>
INSERT { ?thing a unp:Event }
WHERE { SELECT ?thing WHERE { ?thing a unp:ReviewMechanism } ORDER BY ?thing LIMIT 1 }
