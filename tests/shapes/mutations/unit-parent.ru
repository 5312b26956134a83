PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
PREFIX org: <http://www.w3.org/ns/org#>
INSERT { ?thing org:subOrganizationOf id:unodc }
WHERE { SELECT ?thing WHERE { ?thing a unp:SpecializedUnit } ORDER BY ?thing LIMIT 1 }
