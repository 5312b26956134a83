PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
DELETE { id:pakistan unp:geonames ?value }
INSERT { id:pakistan unp:geonames "GN1168579" }
WHERE { id:pakistan unp:geonames ?value }
