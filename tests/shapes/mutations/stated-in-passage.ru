PREFIX unp: <https://w3id.org/unpact/ontology#>
INSERT { ?thing unp:statedIn <https://w3id.org/unpact/source/lasting-partnership/99.1.1> }
WHERE { SELECT ?thing WHERE { ?thing a unp:Function } ORDER BY ?thing LIMIT 1 }
