PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
INSERT { ?thing a unp:PartnershipFramework ; unp:runBy id:unodc }
WHERE { SELECT ?thing WHERE { ?thing a unp:Strategy } ORDER BY ?thing LIMIT 1 }
