PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
INSERT { ?thing unp:hasMemberState id:unodc }
WHERE { SELECT ?thing WHERE { ?thing a unp:ReviewGroup } ORDER BY ?thing LIMIT 1 }
