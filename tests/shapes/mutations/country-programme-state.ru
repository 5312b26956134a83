PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
INSERT { ?thing unp:servesState id:afghanistan }
WHERE { SELECT ?thing WHERE { ?thing a unp:CountryProgramme } ORDER BY ?thing LIMIT 1 }
