PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
DELETE { id:pakistan unp:iso2 ?value }
INSERT { id:pakistan unp:iso2 "pk" }
WHERE { id:pakistan unp:iso2 ?value }
