PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
INSERT { ?thing unp:representsAgent id:judges }
WHERE { SELECT ?thing WHERE { ?thing a unp:Post ; unp:accreditedTo [] . FILTER NOT EXISTS { ?thing unp:representsAgent id:judges } } ORDER BY ?thing LIMIT 1 }
