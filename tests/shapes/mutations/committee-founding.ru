PREFIX unp: <https://w3id.org/unpact/ontology#>
DELETE { ?thing unp:establishedBy ?value }
WHERE { ?thing a unp:AdHocCommittee ; unp:establishedBy ?value }
