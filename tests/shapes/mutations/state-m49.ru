PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
DELETE { id:pakistan unp:m49 ?value }
INSERT { id:pakistan unp:m49 "40" }
WHERE { id:pakistan unp:m49 ?value }
