PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
INSERT { ?thing unp:hasPart id:unodc }
WHERE { SELECT ?thing WHERE { ?thing a unp:InformationSystem } ORDER BY ?thing LIMIT 1 }
