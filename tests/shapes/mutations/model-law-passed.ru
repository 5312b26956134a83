PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
INSERT { ?thing unp:enactedBy id:pakistan }
WHERE { SELECT ?thing WHERE { ?thing a unp:ModelLaw } ORDER BY ?thing LIMIT 1 }
