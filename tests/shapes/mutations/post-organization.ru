PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
PREFIX org: <http://www.w3.org/ns/org#>
INSERT { ?thing org:postIn id:vienna }
WHERE { SELECT ?thing WHERE { ?thing a unp:Post } ORDER BY ?thing LIMIT 1 }
