PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
INSERT { ?thing unp:provider id:unodc }
WHERE { SELECT ?thing WHERE { ?thing a unp:Cooperation } ORDER BY ?thing LIMIT 1 }
