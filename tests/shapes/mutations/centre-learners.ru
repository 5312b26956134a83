PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
INSERT { ?thing unp:beneficiary id:pakistan }
WHERE { SELECT ?thing WHERE { ?thing a unp:TrainingCentre } ORDER BY ?thing LIMIT 1 }
