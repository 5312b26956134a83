PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
INSERT { ?thing unp:elaborates id:resolution-74-247 }
WHERE { SELECT ?thing WHERE { ?thing a unp:Negotiation } ORDER BY ?thing LIMIT 1 }
