PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
INSERT { ?thing unp:quantity id:cnd-member-count }
WHERE { SELECT ?thing WHERE { ?thing a unp:Membership } ORDER BY ?thing LIMIT 1 }
