PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
DELETE { id:pakistan unp:iso3 ?value }
INSERT { id:pakistan unp:iso3 "PK" }
WHERE { id:pakistan unp:iso3 ?value }
